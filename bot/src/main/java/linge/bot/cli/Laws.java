package linge.bot.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import linge.bot.knowledge.law.ArticleHit;
import linge.bot.knowledge.law.LawImport;
import linge.bot.knowledge.law.LawIndex;
import linge.bot.knowledge.law.LawIndexException;
import linge.bot.knowledge.law.LawLearning;
import linge.bot.knowledge.law.Question;
import linge.bot.knowledge.law.SearchScore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The statutes: taken in, searched, and how well they are found. */
@Command(
        name = "laws",
        description = "法条：导入、检索、评测。",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class Laws {
    private static final int QUESTIONS_AT_ONCE = 256;

    @Command(name = "import", description = "把法条导入索引目录；导完才替换旧索引，中断不影响旧索引。", mixinStandardHelpOptions = true)
    void take(
            @Option(
                            names = "--articles",
                            required = true,
                            paramLabel = "FILE",
                            description = "JSON 行文件（可 gzip），或放着 Markdown 法律文本的文件夹。")
                    Path articles,
            @Option(names = "--index", required = true, paramLabel = "DIR", description = "索引目录。") Path index) {
        told(() -> {
            LawImport.Imported imported = LawImport.run(articles, index, new Ticker()::tell);
            System.err.println("导入了 " + imported.laws() + " 部，" + imported.articles() + " 条，其中现行 " + imported.searched()
                    + " 条可检索。");
            var line = new LinkedHashMap<String, Object>();
            line.put("laws", imported.laws());
            line.put("articles", imported.articles());
            line.put("searched", imported.searched());
            out().println(Lines.json(line));
        });
    }

    @Command(name = "search", description = "逐条检索问题，每个问题输出一行。", mixinStandardHelpOptions = true)
    void search(
            @Option(names = "--index", required = true, paramLabel = "DIR", description = "索引目录。") Path index,
            @Option(
                            names = "--queries",
                            required = true,
                            paramLabel = "FILE",
                            description = "JSON 行文件（可 gzip），字段 query_id 和 question。")
                    Path queries,
            @Option(names = "--k", defaultValue = "10", description = "每个问题最多几条，缺省 ${DEFAULT-VALUE}。") int k,
            @Option(names = "--ranking", paramLabel = "FILE", description = "laws learn 写的排序参数，缺省用自带的。") @Nullable
                    Path ranking) {
        if (k < 1) {
            throw new Failure("--k 至少是 1");
        }
        with(index, ranking, laws -> {
            PrintStream out = out();
            List<Question> questions = Question.read(queries);
            for (int from = 0; from < questions.size(); from += QUESTIONS_AT_ONCE) {
                List<Question> some = questions.subList(from, Math.min(from + QUESTIONS_AT_ONCE, questions.size()));
                List<List<ArticleHit>> found = laws.search(some, k);
                for (int i = 0; i < some.size(); i++) {
                    out.println(Lines.json(answer(some.get(i).id(), found.get(i))));
                }
                out.flush();
            }
        });
    }

    @Command(name = "evaluate", description = "用知道答案的问题评测检索，最后一行是分数。", mixinStandardHelpOptions = true)
    void evaluate(
            @Option(names = "--index", required = true, paramLabel = "DIR", description = "索引目录。") Path index,
            @Option(
                            names = "--gold",
                            required = true,
                            paramLabel = "FILE",
                            description = "JSON 行文件（可 gzip），字段 query_id、question 和 gold_articles。")
                    Path gold,
            @Option(names = "--ranking", paramLabel = "FILE", description = "laws learn 写的排序参数，缺省用自带的。") @Nullable
                    Path ranking) {
        with(index, ranking, laws -> {
            SearchScore score = SearchScore.of(laws, Question.read(gold));
            if (score.questions() == 0) {
                throw new Failure("没有一个问题带 gold_articles：" + gold);
            }
            if (score.unknown() > 0) {
                System.err.println("答案里有 " + score.unknown() + " 条不在现行法条里，按没找到算。");
            }
            out().println(Lines.json(Scores.line(score)));
        });
    }

    @Command(
            name = "learn",
            description = "用知道答案的问题学习排序参数；按近似问题分组做五折交叉，最后一行是没见过的问题上的分数。",
            mixinStandardHelpOptions = true)
    void learn(
            @Option(names = "--index", required = true, paramLabel = "DIR", description = "索引目录。") Path index,
            @Option(
                            names = "--gold",
                            required = true,
                            paramLabel = "FILE",
                            description = "JSON 行文件（可 gzip），字段 query_id、question 和 gold_articles。")
                    Path gold,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "参数写到哪里。") Path out) {
        told(() -> {
            SearchScore score =
                    LawLearning.learn(index, Question.read(gold), out, step -> System.err.println("邻格：" + step));
            Map<String, Object> line = Scores.line(score);
            line.remove("queriesPerSecond");
            out().println(Lines.json(line));
        });
    }

    private static Map<String, Object> answer(JsonNode id, List<ArticleHit> hits) {
        var answer = new LinkedHashMap<String, Object>();
        answer.put("query_id", id);
        answer.put("hits", hits.stream().map(Laws::hit).toList());
        return answer;
    }

    private static Map<String, Object> hit(ArticleHit hit) {
        var line = new LinkedHashMap<String, Object>();
        line.put("law", hit.article().law());
        line.put("article", hit.article().article());
        line.put("score", hit.score());
        return line;
    }

    private static void with(Path index, @Nullable Path ranking, Consumer<LawIndex> work) {
        told(() -> {
            try (LawIndex laws = ranking == null ? LawIndex.open(index) : LawIndex.open(index, ranking)) {
                work.accept(laws);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What an index says of itself is for people; it becomes the message of this command. */
    private static void told(Runnable work) {
        try {
            work.run();
        } catch (LawIndexException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private static PrintStream out() {
        return new PrintStream(System.out, true, StandardCharsets.UTF_8);
    }

    /** A line of a score. */
    static final class Scores {
        private Scores() {}

        static Map<String, Object> line(SearchScore score) {
            var line = new LinkedHashMap<String, Object>();
            line.put("n", score.questions());
            line.put("mrr@10", round(score.mrr10()));
            line.put("hit@5", round(score.hit5()));
            line.put("recall@10", round(score.recall10()));
            line.put("recall@100", round(score.recall100()));
            line.put("queriesPerSecond", Math.round(score.perSecond() * 10) / 10.0);
            return line;
        }

        private static double round(double share) {
            return Math.round(share * 10_000) / 10_000.0;
        }
    }

    /** Tells on standard error how far the import is, once a percent. */
    private static final class Ticker {
        private int told = -1;

        synchronized void tell(int done, int of) {
            int percent = of == 0 ? 100 : (int) (100L * done / of);
            if (percent > told) {
                told = percent;
                System.err.print("\r向量 " + done + "/" + of + "（" + percent + "%）" + (percent == 100 ? "\n" : ""));
                System.err.flush();
            }
        }
    }
}
