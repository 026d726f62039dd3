package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import linge.bot.dialogue.Talk.Aid;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.knowledge.AidStep;
import linge.bot.knowledge.Eligibility;
import linge.bot.knowledge.Sentence;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/** Checks step by step whether legal aid can be had, and sends the application in. */
final class LegalAid implements Chapter {
    private static final int MOST_WORDS = 1_000;
    private static final int SHORTEST_WORDS = 6;

    private final Eligibility eligibility;
    /** Words by which an answer is known: question id, choice id, pattern; in the order they are tried. */
    private final List<Hint> hints = Resources.lines(LegalAid.class, "aid-answers.tsv").stream()
            .map(row -> row.split("\t", 3))
            .map(cells -> new Hint(cells[0], cells[1], Pattern.compile(cells[2])))
            .toList();

    private record Hint(String question, String choice, Pattern words) {}

    LegalAid(Eligibility eligibility) {
        this.eligibility = eligibility;
    }

    @Override
    public void begin(Scene scene, Message message) {
        Aid before = scene.aid;
        if (before == null || before.question() == null) {
            scene.aid = new Aid(scene.newKey(), Map.of(), null, null, null);
            scene.lead("aid.hello");
            String matter = hinted("matter", message.plain());
            if (matter != null && !message.isEmpty()) {
                boolean tells = message.plain().length() >= 14;
                put(scene, "matter", matter);
                scene.aid = told(scene.aid, tells ? message.told() : null);
            }
        }
        step(scene);
    }

    private static Aid told(Aid aid, @Nullable String words) {
        String kept = words == null ? aid.words() : Scene.cut(words, MOST_WORDS);
        return new Aid(aid.key(), aid.answers(), aid.question(), kept, aid.phone());
    }

    private static void put(Scene scene, String question, String answer) {
        Aid aid = aid(scene);
        Map<String, String> answers = new HashMap<>(aid.answers());
        answers.put(question, answer);
        scene.aid = new Aid(aid.key(), answers, aid.question(), aid.words(), aid.phone());
    }

    private static Aid aid(Scene scene) {
        Aid aid = scene.aid;
        if (aid == null) {
            aid = new Aid(scene.newKey(), Map.of(), null, null, null);
            scene.aid = aid;
        }
        return aid;
    }

    /** Asks the next question, or tells the verdict. */
    private void step(Scene scene) {
        Aid aid = aid(scene);
        AidStep step = eligibility.next(aid.answers());
        if (step instanceof AidStep.Question question) {
            scene.aid = new Aid(aid.key(), aid.answers(), question.id(), aid.words(), aid.phone());
            ask(scene, question);
        } else if (step instanceof AidStep.Verdict verdict) {
            scene.aid = new Aid(aid.key(), aid.answers(), null, aid.words(), aid.phone());
            tell(scene, verdict);
        }
    }

    private void ask(Scene scene, AidStep.Question question) {
        if (question.answer() == AidStep.Answer.SEVERAL) {
            String list = question.choices().stream().map(AidStep.Choice::label).collect(Collectors.joining("；"));
            scene.ask(Ask.AID_STEP, "aid.several", "question", question.text(), "list", list);
            return;
        }
        List<AidStep.Choice> choices = question.choices();
        if (choices.size() > Talk.MOST_OFFERED) {
            choices = choices.stream().filter(choice -> isCommon(choice.id())).toList();
        }
        List<Reply.Choice> shown = choices.stream()
                .map(choice -> new Reply.Choice("aid:" + choice.id(), choice.label()))
                .toList();
        scene.ask(Ask.AID_STEP, scene.reply("aid.question", shown, null, "question", question.text()));
    }

    private boolean isCommon(String matter) {
        return hints.stream()
                .anyMatch(hint -> hint.question().equals("common")
                        && hint.words().matcher(matter).matches());
    }

    private @Nullable String hinted(String question, String plain) {
        return hints.stream()
                .filter(hint -> hint.question().equals(question)
                        && hint.words().matcher(plain).find())
                .map(Hint::choice)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        Aid aid = aid(scene);
        String question = aid.question();
        if (scene.asked == Ask.AID_STEP && question != null) {
            return answeredStep(scene, message, question);
        }
        if (scene.asked == Ask.AID_APPLY) {
            if (message.isYes() || message.wants(Intent.AID)) {
                return tap(scene, "aid-apply");
            }
            return (message.isNo() || message.isAny()) && tap(scene, "aid-leave");
        }
        if (scene.asked == Ask.AID_WORDS) {
            if (message.plain().length() < SHORTEST_WORDS) {
                scene.ask(Ask.AID_WORDS, "aid.words-more");
            } else {
                scene.aid = told(aid, message.told());
                apply(scene);
            }
            return true;
        }
        if (scene.asked == Ask.SIGN_IN && scene.who.signedIn()) {
            apply(scene);
            return true;
        }
        return false;
    }

    private boolean answeredStep(Scene scene, Message message, String question) {
        String choice = hinted(question, message.plain());
        if (question.equals("income")) {
            Integer yuan = Amounts.in(message.plain());
            choice = yuan != null ? yuan.toString() : message.isDontKnow() || message.isAny() ? "unknown" : choice;
        } else if (question.equals("papers")) {
            choice = papers(scene, message, choice);
        } else if (choice == null && (message.isNo() || message.isDontKnow())) {
            choice = hinted(question, "没有");
        } else if (choice == null && message.isYes()) {
            choice = hinted(question, "有");
        }
        if (choice == null && question.equals("matter") && message.plain().length() >= SHORTEST_WORDS) {
            choice = "other";
        }
        if (choice == null) {
            return ahead(scene, message);
        }
        if (question.equals("matter") && message.plain().length() >= 14) {
            scene.aid = told(aid(scene), message.told());
        }
        return take(scene, question, choice);
    }

    /** Tells what a later question asks: kept where it is an answer, and never taken for another matter. */
    private boolean ahead(Scene scene, Message message) {
        String told = hinted("ahead", message.plain());
        if (told == null || message.says("QUESTION")) {
            return false;
        }
        String matter = aid(scene).answers().get("matter");
        boolean worker = "wages".equals(matter) || "work-injury".equals(matter);
        if (told.equals("relief") || (told.equals("migrant") && worker)) {
            put(scene, "group", told);
            scene.lead("report.detail");
        } else {
            scene.lead("aid.later");
        }
        step(scene);
        return true;
    }

    /** Ids of the papers at hand, joined by commas; null when none is named. */
    private @Nullable String papers(Scene scene, Message message, @Nullable String none) {
        if (none != null || message.isNo()) {
            return "";
        }
        if (message.isYes() || message.says("ALL")) {
            return allPapers(scene);
        }
        String some = hints.stream()
                .filter(hint -> hint.question().equals("paper")
                        && hint.words().matcher(message.plain()).find())
                .map(Hint::choice)
                .distinct()
                .collect(Collectors.joining(","));
        return some.isEmpty() ? null : some;
    }

    /** The papers that the open question names. */
    private String allPapers(Scene scene) {
        AidStep.Question asked = eligibility.next(aid(scene).answers()).question();
        return asked == null
                ? ""
                : asked.choices().stream().map(AidStep.Choice::id).collect(Collectors.joining(","));
    }

    private boolean take(Scene scene, String question, String choice) {
        Map<String, String> before = aid(scene).answers();
        put(scene, question, choice);
        try {
            step(scene);
        } catch (IllegalArgumentException e) {
            Aid aid = aid(scene);
            scene.aid = new Aid(aid.key(), before, question, aid.words(), aid.phone());
            return false;
        }
        return true;
    }

    @Override
    public boolean tap(Scene scene, String id) {
        String question = aid(scene).question();
        if (id.startsWith("aid:") && question != null) {
            String choice = id.substring(4);
            return take(
                    scene, question, choice.equals("all") ? allPapers(scene) : choice.equals("nothing") ? "" : choice);
        }
        switch (id) {
            case "aid-apply" -> apply(scene);
            case "aid-leave" -> {
                scene.aid = null;
                scene.done();
                scene.say("aid.left");
            }
            case "sign-in" -> {
                if (scene.who.signedIn()) {
                    apply(scene);
                } else {
                    scene.ask(Ask.SIGN_IN, "case.sign-in-wait");
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void apply(Scene scene) {
        Aid aid = aid(scene);
        if (aid.words() == null) {
            scene.ask(Ask.AID_WORDS, "aid.words");
        } else {
            scene.asked = Ask.AID_APPLY;
            scene.wish(new Wish.ApplyAid(aid.key(), aid.answers(), aid.words(), aid.phone()));
        }
    }

    private void tell(Scene scene, AidStep.Verdict verdict) {
        boolean applies =
                verdict.outcome() == AidStep.Outcome.ELIGIBLE || verdict.outcome() == AidStep.Outcome.NEEDS_PROOF;
        // The card has every reason; a bubble has room for the first.
        String why = verdict.sentences().stream()
                .limit(applies ? 2 : verdict.sentences().size())
                .map(Sentence::text)
                .collect(Collectors.joining());
        String papers = verdict.missing().stream().map(AidStep.Paper::label).collect(Collectors.joining("；"));
        if (!applies) {
            scene.aid = null;
            scene.done();
            scene.say(scene.reply("aid.not", List.of(), card(verdict), "why", why));
        } else {
            scene.ask(
                    Ask.AID_APPLY,
                    scene.reply(
                            papers.isEmpty() ? "aid.can" : "aid.can-missing",
                            List.of(),
                            card(verdict),
                            "why",
                            why,
                            "papers",
                            papers));
        }
    }

    private static Reply.Card card(AidStep.Verdict verdict) {
        var citations = new ArrayList<Map<String, Object>>();
        verdict.citations()
                .forEach(cited -> citations.add(Map.of(
                        "law",
                        cited.law(),
                        "article",
                        cited.article(),
                        "since",
                        cited.since().toString(),
                        "url",
                        cited.url())));
        var card = new LinkedHashMap<String, Object>();
        card.put("verdict", verdict.outcome().name());
        card.put("reasons", verdict.sentences().stream().map(Sentence::text).toList());
        card.put("papers", verdict.missing().stream().map(AidStep.Paper::label).toList());
        card.put("citations", citations);
        card.put("atOnce", verdict.atOnce());
        return new Reply.Card(Reply.Kind.ELIGIBILITY, card);
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            scene.aid = null;
            scene.done();
            String papers = String.join("；", applied.missingPapers());
            scene.say(
                    papers.isEmpty() ? "aid.applied" : "aid.applied-missing",
                    "number",
                    applied.number(),
                    "day",
                    applied.examinedBy() == null
                            ? ""
                            : applied.examinedBy().getMonthValue() + "月"
                                    + applied.examinedBy().getDayOfMonth() + "日",
                    "papers",
                    papers);
            return true;
        }
        if (outcome instanceof Outcome.Refused refused) {
            if (refused.why() == Outcome.Why.SIGN_IN) {
                scene.ask(Ask.SIGN_IN, "aid.sign-in");
            } else {
                scene.ask(Ask.AID_APPLY, "aid.broken", "why", ReportOutcomes.said(refused));
            }
            return true;
        }
        return false;
    }

    @Override
    public void resume(Scene scene) {
        if (scene.asked == Ask.AID_WORDS) {
            scene.ask(Ask.AID_WORDS, "aid.words");
        } else {
            step(scene);
        }
    }
}
