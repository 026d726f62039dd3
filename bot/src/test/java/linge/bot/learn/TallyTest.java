package linge.bot.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static Scored answer(String label, double confidence, boolean abstained) {
        return new Scored(label, confidence, abstained, List.of(new Share(label, confidence)));
    }

    @Test
    void the_figures_are_those_worked_out_by_hand() {
        var tally = new Tally();
        tally.add("甲", answer("甲", 0.9, false));
        tally.add("甲", answer("甲", 0.9, false));
        tally.add("甲", answer("乙", 0.5, true));
        tally.add("乙", answer("乙", 0.9, false));
        tally.add("丙", Scored.UNKNOWN);
        Figures figures = tally.figures();
        assertEquals(5, figures.n());
        assertEquals(0.6, figures.accuracy(), 1e-9);
        // 甲: precision 1, recall 2/3; 乙: precision 1/2, recall 1; 丙: never found.
        assertEquals((0.8 + 2 / 3.0 + 0) / 3, figures.macroF1(), 1e-9);
        assertEquals((3 * 0.1 + 0.5) / 5, figures.ece(), 1e-9);
        assertEquals(0.4, figures.abstained(), 1e-9);
        assertEquals(1, figures.accuracyAnswered(), 1e-9);
        assertEquals(0.75, tally.accuracyAt(0.8), 1e-9);
        assertEquals(Map.of("甲", 2, "乙", 1), tally.confusion().get("甲"));
        assertEquals(Map.of("", 1), tally.confusion().get("丙"));
        assertEquals("甲", tally.perLabel().get(0).label());
    }

    @Test
    void nothing_counted_is_zero_and_not_a_number_is_never_said() {
        assertEquals(new Figures(0, 0, 0, 0, 0, 0), new Tally().figures());
    }

    @Test
    void calibrated_shares_are_as_often_right_as_they_say() {
        var random = new Random(5);
        double[][] scores = new double[3000][3];
        int[] wanted = new int[3000];
        for (int i = 0; i < 3000; i++) {
            // Scores are too bold by a factor of five; what is right is drawn from the honest
            // shares.
            double[] honest = new double[3];
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                scores[i][k] = random.nextGaussian();
                honest[k] = Math.exp(scores[i][k] * 2);
                sum += honest[k];
            }
            double draw = random.nextDouble() * sum;
            int k = 0;
            while (k < 2 && draw > honest[k]) {
                draw -= honest[k++];
            }
            wanted[i] = k;
            for (int j = 0; j < 3; j++) {
                scores[i][j] *= 10;
            }
        }
        var calibration = Calibration.fit(scores, wanted);
        var before = new Tally();
        var after = new Tally();
        for (int i = 0; i < 3000; i++) {
            before.add(
                    String.valueOf(wanted[i]),
                    scored(new Calibration(1, new double[] {0, 1}, new double[] {0, 1}).shares(scores[i])));
            after.add(String.valueOf(wanted[i]), scored(calibration.shares(scores[i])));
        }
        assertTrue(before.figures().ece() > 0.1, before.figures()::toString);
        assertTrue(after.figures().ece() < 0.04, after.figures()::toString);
    }

    private static Scored scored(double[] shares) {
        return TextModel.scored(List.of("0", "1", "2"), shares, 0);
    }
}
