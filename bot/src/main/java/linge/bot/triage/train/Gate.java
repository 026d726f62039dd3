package linge.bot.triage.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Refuses a model that is worse than the present one beyond noise. Both answer the same lines, which neither was trained
 * on; what they answer alike says nothing, so only lines that one has right and the other wrong are counted (sign test).
 */
final class Gate {
    /** A worse count that chance alone brings about less often than this is no chance. */
    private static final double CHANCE = 0.05;

    private static final String ALL = "全部留出的诉求";

    /** A line, whether the present model has it right, and whether the new one has. */
    record Answer(String code, boolean present, boolean fresh) {}

    private Gate() {}

    /**
     * Why the new model may not replace the present one, in Chinese; empty when it may.
     *
     * @param heldOut answers to held-out lines of all categories
     * @param corrected answers to lines that staff put right, the new model's from a cross-validation
     */
    static List<String> refusals(List<Answer> heldOut, List<Answer> corrected) {
        var refusals = new ArrayList<String>();
        refuse(ALL, heldOut, refusals);
        Map<String, List<Answer>> perCategory = new LinkedHashMap<>();
        corrected.forEach(answer -> perCategory
                .computeIfAbsent(answer.code(), code -> new ArrayList<>())
                .add(answer));
        perCategory.forEach((code, answers) -> {
            heldOut.stream().filter(answer -> answer.code().equals(code)).forEach(answers::add);
            refuse("有更正的类别 " + code, answers, refusals);
        });
        return refusals;
    }

    private static void refuse(String what, List<Answer> answers, List<String> refusals) {
        long lost = answers.stream().filter(a -> a.present() && !a.fresh()).count();
        long won = answers.stream().filter(a -> !a.present() && a.fresh()).count();
        if (lost > won && chance(lost, lost + won) < CHANCE) {
            refusals.add("%s：现在的模型答对而新模型答错的有 %d 条，反过来只有 %d 条（共 %d 条）。".formatted(what, lost, won, answers.size()));
        }
    }

    /** How likely a fair coin shows heads at least so often. */
    static double chance(long heads, long tosses) {
        double sum = 0;
        double term = Math.pow(0.5, tosses);
        for (long k = 0; k <= tosses; k++) {
            if (k >= heads) {
                sum += term;
            }
            term = term * (tosses - k) / (k + 1);
        }
        return sum;
    }
}
