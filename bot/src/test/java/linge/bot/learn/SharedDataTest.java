package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Real complaints, a third of them and two folds to stay quick; docs/accuracy.md has the figures of all. */
class SharedDataTest {
    private static final Options QUICK = Options.DEFAULT.folds(2);

    private static Figures figures(List<Labelled> lines) throws NotEnough {
        var third = IntStream.range(0, lines.size() / 3)
                .mapToObj(i -> lines.get(3 * i))
                .toList();
        return TextModel.train(third, QUICK, 1, step -> {}).model().crossValidated();
    }

    @Test
    void messages_are_sorted_well_after_a_thousand_examples() throws Exception {
        Figures figures = figures(Shared.messages());
        assertTrue(figures.macroF1() >= MESSAGES_FLOOR && figures.ece() <= 0.04, figures::toString);
    }

    @Test
    void tickets_are_sorted_well_after_two_thousand_examples() throws Exception {
        Figures figures = figures(Shared.ticketsOfTheTwentyLargestDepartments());
        assertTrue(figures.macroF1() >= TICKETS_FLOOR && figures.ece() <= 0.04, figures::toString);
    }

    private static final double MESSAGES_FLOOR = 0.85;
    private static final double TICKETS_FLOOR = 0.6;
}
