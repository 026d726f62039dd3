package linge.bot.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.knowledge.Advice;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.Citation;
import linge.bot.knowledge.LegalAdviser;
import linge.bot.knowledge.law.LawIndex;
import linge.bot.knowledge.law.LawIndexException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the law says to each line. */
@Command(name = "ask", description = "标准输入每行一个法律问题，逐行输出答复、依据的法条和该找谁。", mixinStandardHelpOptions = true)
final class Ask implements Runnable {
    @Option(names = "--index", paramLabel = "DIR", description = "laws import 建好的法条索引；不给就只用知识卡片回答")
    private @Nullable Path index;

    @Override
    public void run() {
        var adviser = new LegalAdviser(Cards.shipped(), open());
        Lines.answer(text -> answer(adviser.ask(text)));
    }

    private @Nullable LawIndex open() {
        Path dir = index;
        if (dir == null) {
            return null;
        }
        try {
            return LawIndex.open(dir);
        } catch (LawIndexException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    private static Map<String, @Nullable Object> answer(Advice advice) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("answer", advice.answer());
        answer.put("citations", citations(advice));
        answer.put("route", advice.route() == null ? null : advice.route().name());
        answer.put("refused", advice.refused());
        answer.put("confidence", advice.confidence());
        return answer;
    }

    private static List<Map<String, String>> citations(Advice advice) {
        return advice.citations().stream().map(Ask::citation).toList();
    }

    private static Map<String, String> citation(Citation citation) {
        var one = new LinkedHashMap<String, String>();
        one.put("law", citation.law());
        one.put("article", citation.article());
        one.put("since", citation.since().toString());
        one.put("url", citation.url());
        return one;
    }
}
