package linge.bot.knowledge.law;

/**
 * One article of one statute.
 *
 * @param law the name people use, “劳动合同法”
 * @param title the name in full, “中华人民共和国劳动合同法”
 * @param chapter part, chapter or section as the statute prints it, or empty
 * @param article the number as the statute prints it, “第三十条”
 * @param text the wording, paragraphs parted by line feeds
 * @param version the day this wording was passed, “2012-12-28”, or empty where the source does not say
 */
public record Article(
        String law, String title, String chapter, String article, String text, String version, Status status) {

    Article as(Status other) {
        return new Article(law, title, chapter, article, text, version, other);
    }
}
