package linge.bot.knowledge.law;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Headings as one reads them: statutes print “第一章 总 则” with blanks for looks. */
final class Heading {
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\u200b]+");
    private static final Pattern NUMBERED = Pattern.compile("(第[〇零一二两三四五六七八九十百千\\d]+(?:分编|编|章|节))(.+)");

    private Heading() {}

    /** “第一章 总则”: one blank after the number and none elsewhere. */
    static String plain(String printed) {
        String tight = BLANKS.matcher(printed).replaceAll("");
        Matcher numbered = NUMBERED.matcher(tight);
        return numbered.matches() ? numbered.group(1) + " " + numbered.group(2) : tight;
    }

    /** A part and a chapter in one. */
    static String joined(String part, String chapter) {
        return (plain(part) + " " + plain(chapter)).strip();
    }
}
