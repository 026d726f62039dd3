package linge.bot.knowledge.law;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real statutes that governance centres meet most, where the shared data is at hand. */
class CoreLawsTest {
    private static final Path CORE = Path.of("../../shared/data/laws/core_articles.jsonl.gz");

    /** Few enough to embed in seconds. */
    private static final Set<String> SOME = Set.of("劳动合同法", "法律援助法", "人民调解法", "反家庭暴力法");

    @TempDir
    Path dir;

    @BeforeEach
    void the_data_is_here() {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Files.exists(CORE), "the shared data is not here");
        }
    }

    @Test
    void every_article_has_a_number_and_every_law_is_found_by_its_names() throws IOException {
        List<Article> articles = articles();
        assertEquals(7_709, articles.size());
        var entries = new HashSet<LawCatalog.Entry>();
        for (Article article : articles) {
            assertTrue(ArticleNumber.of(article.article()).isPresent(), article.article());
            entries.add(new LawCatalog.Entry(article.law(), article.title(), article.status() == Status.CURRENT));
        }
        var catalog = new LawCatalog(entries);
        for (LawCatalog.Entry entry : entries) {
            assertEquals(entry.law(), catalog.law(entry.law()).orElseThrow());
            assertEquals(entry.law(), catalog.law("《" + entry.title() + "》").orElseThrow());
        }
    }

    @Test
    void plain_questions_find_the_articles_a_lawyer_would_open() throws IOException {
        Path some = dir.resolve("some.jsonl");
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(CORE)), StandardCharsets.UTF_8))) {
            Files.write(
                    some,
                    lines.lines()
                            .filter(line -> SOME.stream().anyMatch(law -> line.contains("\"law\": \"" + law + "\"")))
                            .toList());
        }
        LawImport.run(some, dir.resolve("i"), (done, of) -> {});
        try (LawIndex laws = LawIndex.open(dir.resolve("i"))) {
            assertFound(laws, "公司拖欠工资不按时发，能不能申请支付令", "劳动合同法第三十条");
            assertFound(laws, "试用期最长可以约定几个月", "劳动合同法第十九条");
            assertFound(laws, "被老公打了可以申请人身安全保护令吗", "反家庭暴力法第二十三条");
            assertFound(laws, "调解协议怎么申请法院司法确认", "人民调解法第三十三条");
        }
    }

    private static void assertFound(LawIndex laws, String question, String wanted) {
        Set<String> found = laws.search(question, 5).stream()
                .map(hit -> hit.article().law() + hit.article().article())
                .collect(Collectors.toSet());
        assertTrue(found.contains(wanted), question + ": " + found);
    }

    private static List<Article> articles() throws IOException {
        List<Article> articles = new ArrayList<>();
        try (var in = Files.newInputStream(CORE)) {
            new JsonLines(in, CORE.toString()).read(articles::add);
        }
        return articles;
    }
}
