package linge.bot.knowledge;

import java.math.BigDecimal;

/**
 * Up to which income a household counts as in hardship; the province sets it (法律援助法第三十四条), so it is a setting.
 *
 * @param monthlyIncome yuan a month for each member of the household, inclusive
 */
public record Hardship(BigDecimal monthlyIncome) {
    /**
     * What holds until a deployment sets the figure of its province. It is a round number of ours and no province's rule:
     * provinces state a multiple of the local minimum living allowance, which changes each year.
     */
    public static final Hardship DEFAULT = new Hardship(BigDecimal.valueOf(1_500));

    public Hardship {
        if (monthlyIncome.signum() <= 0) {
            throw new IllegalArgumentException("经济困难标准应大于零：" + monthlyIncome.toPlainString());
        }
    }

    boolean covers(BigDecimal income) {
        return income.compareTo(monthlyIncome) <= 0;
    }
}
