package linge.bot.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.learn.Scored;
import linge.bot.learn.TextModel;
import linge.bot.triage.Admission;
import linge.bot.triage.Category;
import linge.bot.triage.Issue;
import linge.bot.triage.ScoredCategory;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What each line is about. */
@Command(
        name = "classify",
        description = "标准输入每行一条诉求，逐行输出分类、责任部门、准入清单事项、调解类型、紧急程度、把握和其中的各件事；给了 --model 就用 train 训练的模型，输出它的类别。"
                + "模型有几列文字时，一行里用制表符隔开各列；没有制表符的一行当作每一列。",
        mixinStandardHelpOptions = true)
final class Classify implements Runnable {
    @Option(names = "--model", paramLabel = "M", description = "train 写出的模型文件；不给就用自带的分类。")
    private @Nullable Path model;

    @Override
    public void run() {
        if (model == null) {
            Triage triage = Triage.shipped();
            Lines.answer(text -> answer(triage, text));
        } else {
            TextModel judge = Models.load(model);
            Lines.answer(text -> answer(judge(judge, text)));
        }
    }

    private static Scored judge(TextModel model, String line) {
        String[] fields = line.split("\t", -1);
        return fields.length > 1 && fields.length == model.fields()
                ? model.classify(Arrays.asList(fields))
                : model.classify(line);
    }

    private static Map<String, @Nullable Object> answer(Scored scored) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("label", scored.label());
        answer.put("confidence", Math.round(scored.confidence() * 1e4) / 1e4);
        answer.put("abstained", scored.abstained());
        return answer;
    }

    private static Map<String, @Nullable Object> answer(Triage triage, String text) {
        List<Issue> issues = triage.issues(text);
        // One matter is the whole text, judged already.
        Triaged triaged = issues.size() == 1 ? issues.get(0).triaged() : triage.of(text);
        Map<String, @Nullable Object> answer = answer(triaged);
        answer.put(
                "candidates",
                triaged.candidates().stream().map(Classify::candidate).toList());
        answer.put("issues", issues.stream().map(Classify::issue).toList());
        return answer;
    }

    private static Map<String, @Nullable Object> answer(Triaged triaged) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        @Nullable Category category = triaged.category();
        answer.put("label", category == null ? null : category.code());
        answer.put("confidence", triaged.confidence());
        answer.put("abstained", triaged.abstained());
        answer.put("urgency", triaged.urgency().name());
        answer.put("hotline", triaged.hotline());
        answer.put("path", category == null ? null : category.path());
        answer.put("department", category == null ? null : category.department());
        answer.put("admission", category == null ? null : admission(category.admission()));
        answer.put("mediation", category == null ? null : category.mediation());
        return answer;
    }

    private static @Nullable Map<String, Object> admission(@Nullable Admission admission) {
        if (admission == null) {
            return null;
        }
        var answer = new LinkedHashMap<String, Object>();
        answer.put("code", admission.code());
        answer.put("item", admission.item());
        answer.put("handler", admission.handler().name());
        answer.put("days", admission.days());
        return answer;
    }

    private static Map<String, @Nullable Object> issue(Issue issue) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("text", issue.text());
        answer.putAll(answer(issue.triaged()));
        return answer;
    }

    private static Map<String, Object> candidate(ScoredCategory scored) {
        // Map.of has another order in every process.
        var candidate = new LinkedHashMap<String, Object>();
        candidate.put("label", scored.category().code());
        candidate.put("confidence", scored.confidence());
        return candidate;
    }
}
