package linge.bot.triage.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private static List<Gate.Answer> answers(String code, int lost, int won, int alike) {
        var answers = new ArrayList<Gate.Answer>();
        answers.addAll(Collections.nCopies(lost, new Gate.Answer(code, true, false)));
        answers.addAll(Collections.nCopies(won, new Gate.Answer(code, false, true)));
        answers.addAll(Collections.nCopies(alike, new Gate.Answer(code, true, true)));
        return answers;
    }

    @Test
    void a_model_that_is_no_worse_passes() {
        assertEquals(List.of(), Gate.refusals(answers("A", 3, 3, 100), List.of()));
        assertEquals(List.of(), Gate.refusals(List.of(), List.of()));
    }

    @Test
    void a_loss_that_chance_explains_passes() {
        assertEquals(List.of(), Gate.refusals(answers("A", 5, 3, 100), List.of()));
    }

    @Test
    void a_clear_loss_is_refused_and_counted() {
        List<String> refusals = Gate.refusals(answers("A", 9, 1, 100), List.of());
        assertEquals(1, refusals.size());
        assertTrue(refusals.get(0).contains("9 条") && refusals.get(0).contains("110 条"), refusals::toString);
    }

    @Test
    void a_corrected_category_that_got_worse_is_refused_though_the_rest_is_better() {
        var heldOut = new ArrayList<>(answers("A", 2, 20, 100));
        heldOut.addAll(answers("B", 2, 0, 0));
        List<String> refusals = Gate.refusals(heldOut, answers("B", 4, 0, 2));
        assertEquals(1, refusals.size());
        assertTrue(refusals.get(0).contains("B"), refusals::toString);
    }

    @Test
    void the_chance_of_a_fair_coin_is_exact() {
        assertEquals(1, Gate.chance(0, 4), 1e-12);
        assertEquals(1 / 16.0, Gate.chance(4, 4), 1e-12);
        assertEquals(11 / 16.0, Gate.chance(2, 4), 1e-12);
    }
}
