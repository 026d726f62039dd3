package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How well questions are answered.
 *
 * @param n questions that a card answers
 * @param top1 share of them whose best card is right
 * @param top3 share with a right card among the best three
 * @param answered share answered by a card at once
 * @param answeredRight of those, share with the right card
 * @param offered share of all for which a right card was given or offered to choose
 * @param refusals questions that must be declined
 * @param declined share of them that were
 * @param served questions that must not be declined, those of cards included
 * @param declinedWrongly how many of them were
 * @param urgent cries for help
 * @param helpedFirst share of them answered with the number to call
 * @param misses each question answered otherwise than expected, and how
 */
public record AskScore(
        int n,
        double top1,
        double top3,
        double answered,
        double answeredRight,
        double offered,
        int refusals,
        double declined,
        int served,
        int declinedWrongly,
        int urgent,
        double helpedFirst,
        List<String> misses) {

    /** A question must be declined. */
    public static final String REFUSED = "REFUSED";

    /** A question must be answered somehow, never declined. */
    public static final String SERVED = "SERVED";

    /** A cry for help: the number to call comes first. */
    public static final String EMERGENCY = "EMERGENCY";

    /**
     * Asks every question.
     *
     * @param lines what is expected (ids of cards joined by |, or one of the words above), a tab, the question
     */
    public static AskScore of(LegalAdviser adviser, List<String> lines) {
        var score = new Counting();
        for (String line : lines) {
            String[] cells = line.split("\t", 2);
            if (cells.length < 2) {
                throw new IllegalArgumentException("应是“应答、制表符、问题”：" + line);
            }
            score.count(adviser, cells[0], cells[1]);
        }
        return score.done();
    }

    private static final class Counting {
        int n;
        int top1;
        int top3;
        int answered;
        int answeredRight;
        int offered;
        int refusals;
        int declined;
        int served;
        int declinedWrongly;
        int urgent;
        int helpedFirst;
        final List<String> misses = new ArrayList<>();

        void count(LegalAdviser adviser, String expected, String question) {
            Advice advice = adviser.ask(question);
            switch (expected) {
                case REFUSED -> {
                    refusals++;
                    declined += told(advice.refused(), expected, question, advice);
                }
                case EMERGENCY -> {
                    urgent++;
                    helpedFirst += told(advice.kind() == Advice.Kind.EMERGENCY, expected, question, advice);
                }
                case SERVED -> served(advice, expected, question);
                default -> {
                    served(advice, expected, question);
                    card(adviser, Set.copyOf(Arrays.asList(expected.split("\\|"))), question, advice);
                }
            }
        }

        private void served(Advice advice, String expected, String question) {
            served++;
            declinedWrongly += 1 - told(!advice.refused(), expected, question, advice);
        }

        private void card(LegalAdviser adviser, Set<String> right, String question, Advice advice) {
            n++;
            List<String> found =
                    adviser.find(question, 3).stream().map(Card::id).toList();
            boolean first = right.contains(found.get(0));
            top1 += first ? 1 : 0;
            top3 += found.stream().anyMatch(right::contains) ? 1 : 0;
            if (!first) {
                misses.add(String.join("|", right) + " ← " + found + " " + advice.kind() + " " + advice.confidence()
                        + " " + question);
            }
            Card given = advice.card();
            if (given != null) {
                answered++;
                answeredRight += right.contains(given.id()) ? 1 : 0;
            }
            if ((given != null && right.contains(given.id()))
                    || advice.choices().stream().anyMatch(card -> right.contains(card.id()))) {
                offered++;
            }
        }

        private int told(boolean right, String expected, String question, Advice advice) {
            if (!right) {
                misses.add(expected + " ← " + advice.kind() + " " + advice.confidence() + " " + question);
            }
            return right ? 1 : 0;
        }

        AskScore done() {
            return new AskScore(
                    n,
                    share(top1, n),
                    share(top3, n),
                    share(answered, n),
                    share(answeredRight, answered),
                    share(offered, n),
                    refusals,
                    share(declined, refusals),
                    served,
                    declinedWrongly,
                    urgent,
                    share(helpedFirst, urgent),
                    List.copyOf(misses));
        }

        private static double share(int part, int of) {
            return of == 0 ? 0 : Math.round(1000.0 * part / of) / 1000.0;
        }
    }
}
