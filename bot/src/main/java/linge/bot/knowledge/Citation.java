package linge.bot.knowledge;

import java.time.LocalDate;

/**
 * The article a sentence rests on.
 *
 * @param law its short name, as the column {@code law} of {@code laws.csv}: 劳动合同法
 * @param article as the statute prints it: 第三十条, 第二百八十七条之一
 * @param since the day the cited version came into force
 * @param url where the official text can be read
 */
public record Citation(String law, String article, LocalDate since, String url) {
    /** As it stands in a sentence: 劳动合同法第三十条. */
    public String words() {
        return law + article;
    }
}
