package linge.bot.knowledge.law;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of statutes in Markdown as public repositories keep them: a file a version, “劳动法(2018-12-29).md”, its title
 * as first heading, a note of when it was passed, a line INFO END, chapters as headings, and each article a paragraph
 * that begins with its number.
 */
final class MarkdownFolder implements StatuteReader {
    private static final Pattern FILE = Pattern.compile("(.+?)(?:[(（](\\d{4}-\\d{2}-\\d{2})[)）])?\\.md");
    private static final Pattern HEADING = Pattern.compile("(#{1,6})\\s*(.+)");
    private static final Pattern ARTICLE =
            Pattern.compile("\\**(第[〇零一二两三四五六七八九十百千\\d]+条(?:之[一二三四五六七八九十]+)?)\\**[\\s\\p{Z}]+(.*)");
    private static final Pattern INFO_END = Pattern.compile("<!--\\s*INFO END\\s*-->");

    private final Path folder;

    MarkdownFolder(Path folder) {
        this.folder = folder;
    }

    @Override
    public void read(Consumer<Article> each) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.getFileName().toString().endsWith(".md"))
                    .filter(file -> !file.getFileName().toString().startsWith("_"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            statute(file, each);
        }
    }

    private void statute(Path file, Consumer<Article> each) throws IOException {
        Matcher name = FILE.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return;
        }
        // A code in several files, one a part, lies in a folder of its name: 民法典/合同编.md.
        @Nullable Path parent = file.toAbsolutePath().getParent();
        String above = parent == null ? "" : String.valueOf(parent.getFileName());
        boolean inParts = above.endsWith("法典");
        String law = inParts ? above : name.group(1);
        String part = inParts ? name.group(1) : "";
        @Nullable String dated = name.group(2);
        String all = text(file);
        String version = dated == null ? "" : dated;
        String title = law;
        String chapter = Heading.plain(part);
        @Nullable String number = null;
        var text = new StringBuilder();
        Matcher info = INFO_END.matcher(all);
        int bodyFrom = info.find() ? info.end() : 0;
        int at = 0;
        for (String raw : all.split("\n", -1)) {
            String line = raw.strip();
            boolean body = at >= bodyFrom;
            at += raw.length() + 1;
            Matcher heading = HEADING.matcher(line);
            Matcher article = ARTICLE.matcher(line);
            if (heading.matches()) {
                if (number != null) {
                    each.accept(article(law, title, chapter, number, text, version));
                    number = null;
                }
                if (heading.group(1).length() == 1) {
                    title = inParts ? "中华人民共和国" + law : heading.group(2).replaceAll("\\s+", "");
                } else {
                    chapter = Heading.joined(part, heading.group(2));
                }
            } else if (body && article.matches()) {
                if (number != null) {
                    each.accept(article(law, title, chapter, number, text, version));
                }
                number = article.group(1);
                text = new StringBuilder(article.group(2));
            } else if (number != null && !line.isEmpty()) {
                text.append('\n').append(line);
            }
        }
        if (number != null) {
            each.accept(article(law, title, chapter, number, text, version));
        }
    }

    private String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new LawIndexException(folder.relativize(file) + " 不是 UTF-8 文字");
        }
    }

    private Article article(
            String law, String title, String chapter, String number, StringBuilder text, String version) {
        return new Article(law, title, chapter, number, text.toString().strip(), version, Status.CURRENT);
    }
}
