package linge.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import linge.shared.Refusal;

/** Points are kept as whole hundredths, so that lines add up to their score exactly. */
final class Points {
    private Points() {}

    /** For JSON. */
    static double shown(long hundredths) {
        return hundredths / 100.0;
    }

    /** For sentences: {@code +1.5}, {@code -3}, {@code 0}. */
    static String words(long hundredths) {
        String plain = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
        return hundredths > 0 ? "+" + plain : plain;
    }

    /** @throws Refusal {@code NOT_SENSIBLE} for more than two decimals, or beyond {@code most} */
    static int of(Number given, String pointer, int most) {
        BigDecimal value = new BigDecimal(given.toString());
        if (value.abs().compareTo(BigDecimal.valueOf(most)) > 0) {
            throw Refusal.notSensible(pointer, "分值应在 -" + most + " 到 " + most + " 之间。");
        }
        BigDecimal hundredths = value.movePointRight(2);
        if (hundredths.stripTrailingZeros().scale() > 0) {
            throw Refusal.notSensible(pointer, "分值最多两位小数。");
        }
        return hundredths.setScale(0, RoundingMode.UNNECESSARY).intValueExact();
    }
}
