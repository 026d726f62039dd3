package linge.bot.knowledge;

import java.time.LocalDate;

/**
 * A law that cards cite.
 *
 * @param law its short name
 * @param title its full title
 * @param since the day the version in force came into force
 * @param version the date of that version as the statutes' data names it; empty where they name none
 * @param url where its official text is found
 */
public record CitedLaw(String law, String title, LocalDate since, String version, String url) {
    Citation article(String number) {
        return new Citation(law, Numerals.article(number), since, url);
    }
}
