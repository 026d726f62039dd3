package linge.bot.knowledge.law;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import linge.bot.text.Resources;

/**
 * Takes statutes into an index folder that {@link LawIndex#open} reads. What was in the folder holds until the import is
 * done; an import that fails or is killed changes nothing.
 */
public final class LawImport {
    /** Interpretations that collections still call current and that have ended. */
    private static final Set<String> DEAD = Resources.lines(LawImport.class, "dead-laws.tsv").stream()
            .map(line -> LawName.key(line.split("\t")[0]))
            .collect(Collectors.toUnmodifiableSet());

    private LawImport() {}

    /**
     * What was taken in.
     *
     * @param laws how many statutes, older versions not counted
     * @param articles how many articles, those not in force included
     * @param searched how many are in force and searched
     */
    public record Imported(int laws, int articles, int searched) {}

    /** Hears how far the import is, from any thread, `done` of `of` articles. */
    public interface Progress {
        void at(int done, int of);
    }

    /**
     * Imports a file of JSON lines (gzip or not), or a folder of Markdown statutes.
     *
     * @throws LawIndexException if the source cannot be read or another import is at work
     */
    public static Imported run(Path source, Path index, Progress progress) {
        if (Files.isDirectory(source)) {
            return run(new MarkdownFolder(source), index, progress);
        }
        try (InputStream in = Files.newInputStream(source)) {
            return run(in, source.getFileName().toString(), index, progress);
        } catch (NoSuchFileException e) {
            throw new LawIndexException("没有这个文件：" + source);
        } catch (IOException e) {
            throw new LawIndexException("读不了 " + source + "：" + e.getMessage(), e);
        }
    }

    /**
     * Imports JSON lines (gzip or not) as they arrive.
     *
     * @param name of the source, for messages
     */
    public static Imported run(InputStream jsonLines, String name, Path index, Progress progress) {
        return run(new JsonLines(jsonLines, name), index, progress);
    }

    private static Imported run(StatuteReader reader, Path index, Progress progress) {
        try {
            var folder = new IndexFolder(index);
            List<Article> articles = sorted(read(reader));
            Map<Long, Vectors.Row> known = known(folder);
            IndexFolder.Built built = folder.replace(build -> new IndexBuilder(articles, known, progress).into(build));
            int laws = (int) articles.stream().map(Article::law).distinct().count();
            return new Imported(laws, built.articles(), built.searched());
        } catch (IOException e) {
            throw new LawIndexException("法条索引写不进 " + index + "：" + e.getMessage(), e);
        }
    }

    /** Vectors of the index that is there; an index of another format, or none, just means more work. */
    private static Map<Long, Vectors.Row> known(IndexFolder folder) {
        try {
            return Vectors.rows(folder.of(folder.built()).resolve(IndexBuilder.VECTORS));
        } catch (LawIndexException | IOException e) {
            return Map.of();
        }
    }

    private static List<Article> read(StatuteReader reader) throws IOException {
        // An article that comes twice, same law, version and number, counts once: the later one corrects the earlier.
        Map<String, Article> articles = new LinkedHashMap<>();
        reader.read(article -> articles.put(
                String.join("\u0000", article.law(), article.version(), article.article()), living(article)));
        if (articles.isEmpty()) {
            throw new LawIndexException("来源里没有法条");
        }
        return new ArrayList<>(articles.values());
    }

    /** Chapters without the blanks that statutes print inside them, and the dead called dead. */
    private static Article living(Article article) {
        boolean ended = article.status() == Status.CURRENT && DEAD.contains(LawName.key(article.law()));
        return ended ? article.as(Status.REPEALED) : article;
    }

    /** Those in force first, so that the numbers of articles searched run from 0; otherwise as the source has them. */
    private static List<Article> sorted(List<Article> articles) {
        List<Article> newest = onlyNewestCurrent(articles);
        newest.sort(Comparator.comparing(article -> article.status() != Status.CURRENT));
        return newest;
    }

    /** Where a source calls two versions of one law current, only the newer one is. */
    private static List<Article> onlyNewestCurrent(List<Article> articles) {
        Map<String, String> newest = articles.stream()
                .filter(article -> article.status() == Status.CURRENT)
                .collect(Collectors.toMap(Article::law, Article::version, (a, b) -> a.compareTo(b) >= 0 ? a : b));
        var out = new ArrayList<Article>(articles.size());
        for (Article article : articles) {
            boolean old =
                    article.status() == Status.CURRENT && !article.version().equals(newest.get(article.law()));
            out.add(old ? article.as(Status.SUPERSEDED) : article);
        }
        return out;
    }
}
