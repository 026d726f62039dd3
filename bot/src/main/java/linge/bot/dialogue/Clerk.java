package linge.bot.dialogue;

import java.io.Reader;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linge.bot.dialogue.Intents.Wanted;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.knowledge.Eligibility;
import linge.bot.knowledge.Hardship;
import linge.bot.place.Gazetteer;
import org.jspecify.annotations.Nullable;

/** Hears one thing and lets the right topic answer: danger first, then the open question, then what is wanted. */
public final class Clerk {
    private static final Duration LONG_SILENCE = Duration.ofHours(20);
    private static final Duration FORGOTTEN = Duration.ofDays(60);
    private static final int PATIENCE = 2;
    private static final int ABUSE_TO_HAND_OVER = 3;

    /** What one may want even while cursing. */
    private static final Set<Intent> TASKS = EnumSet.of(
            Intent.PROGRESS,
            Intent.URGE,
            Intent.SUPPLEMENT,
            Intent.WITHDRAW,
            Intent.RATE,
            Intent.TEAM,
            Intent.LAW,
            Intent.PERSON);

    /** Questions that are answered in one's own words: a problem told there is the answer. */
    private static final Set<Ask> FREE =
            EnumSet.of(Ask.WHAT, Ask.WORDS, Ask.WHY, Ask.QUESTION, Ask.MEDIATE, Ask.AID_STEP, Ask.AID_WORDS);

    private final Replies wording;
    private final linge.bot.dialogue.Reader reader;
    private final Emergency emergency;
    private final Channels channels;
    private final ReportProblem report;
    private final Supplement supplement = new Supplement();
    private final Rate rate = new Rate();
    private final AskLaw law = new AskLaw();
    private final GridTeam team;
    private final Mediation mediation;
    private final HandOver handOver = new HandOver();
    private final Map<Topic, Chapter> chapters = new EnumMap<>(Topic.class);

    /**
     * @param ownWords a city's own wording laid over the shipped one, or null; read once
     * @param hardship the province's line for legal aid
     * @throws IllegalArgumentException in Chinese, naming the reply that is wrong
     */
    public Clerk(@Nullable Reader ownWords, Hardship hardship) {
        Replies shipped = Replies.shipped();
        this.wording = ownWords == null ? shipped : shipped.with(ownWords);
        this.reader = new linge.bot.dialogue.Reader(Gazetteer.shipped());
        Facts facts = new Facts(reader.addresses());
        Hotlines hotlines = new Hotlines();
        this.emergency = new Emergency(facts, hotlines);
        this.channels = new Channels(hotlines);
        this.report = new ReportProblem(reader);
        this.team = new GridTeam(reader.addresses());
        this.mediation = new Mediation(report, facts);
        chapters.put(Topic.REPORT, report);
        chapters.put(Topic.PROGRESS, new AskProgress());
        chapters.put(Topic.URGE, new Urge());
        chapters.put(Topic.SUPPLEMENT, supplement);
        chapters.put(Topic.WITHDRAW, new Withdraw());
        chapters.put(Topic.RATE, rate);
        chapters.put(Topic.TEAM, team);
        chapters.put(Topic.LAW, law);
        chapters.put(Topic.AID, new LegalAid(new Eligibility(hardship)));
        chapters.put(Topic.MEDIATION, mediation);
        chapters.put(Topic.HOTLINES, hotlines);
        chapters.put(Topic.PERSON, handOver);
    }

    /** Hears one thing; never throws. */
    public Turn hear(Talk talk, Heard heard) {
        boolean forgotten =
                !talk.isFresh() && Duration.between(talk.last(), heard.now()).compareTo(FORGOTTEN) > 0;
        Scene scene = new Scene(forgotten ? Talk.fresh(heard.now()) : talk, heard, wording);
        Heard.Said said = heard.said();
        if (said instanceof Heard.Text text) {
            text(scene, text.text());
        } else if (said instanceof Heard.Tap tap) {
            tapped(scene, tap.id());
        } else if (said instanceof Heard.Point point) {
            point(scene, point);
        } else if (said instanceof Heard.Media media) {
            media(scene, media.ids());
        } else if (said instanceof Heard.Came came) {
            came(scene, came.outcome());
        } else {
            opened(scene);
        }
        comeBack(scene);
        return scene.turn();
    }

    private void opened(Scene scene) {
        if (scene.asked != null && scene.topic != Topic.NONE) {
            welcomeBack(scene);
        } else {
            SmallTalk.greet(scene);
        }
    }

    /** After a long silence nobody remembers the question: offers to go on, or to begin anew. */
    private void welcomeBack(Scene scene) {
        Draft draft = scene.draft();
        if (scene.topic == Topic.REPORT && draft != null && !draft.what().isEmpty()) {
            scene.ask(Ask.GO_ON, "back.report", "what", ReportProblem.brief(draft));
        } else {
            scene.lead("back");
            chapter(scene).resume(scene);
        }
    }

    private Chapter chapter(Scene scene) {
        Chapter chapter = chapters.get(scene.topic);
        return chapter == null ? report : chapter;
    }

    private void text(Scene scene, String raw) {
        Message message = reader.read(raw, scene.who.homeCode());
        scene.heard(message.text());
        if (message.text().isBlank()) {
            scene.say("blank");
            return;
        }
        boolean longAway = scene.silence.compareTo(LONG_SILENCE) > 0;
        if (message.digits().identity() || message.digits().bankCard()) {
            scene.lead(message.digits().identity() ? "privacy.identity" : "privacy.bank");
        }
        boolean child = message.says("MINOR") && !scene.minor;
        if (child) {
            scene.minor = true;
            scene.lead("minor");
        }
        if (emergency.answer(scene, message)) {
            scene.unsure = 0;
            return;
        }
        // Among five grades a digit is the grade, not the place in the list.
        boolean grade = scene.asked == Ask.SCORE && message.plain().length() == 1;
        Reply.Choice chosen = grade ? null : Choices.of(scene.offered, message);
        if (chosen != null && tap(scene, chosen.id())) {
            scene.unsure = 0;
            return;
        }
        if (longAway && scene.asked != null && message.intent() == Intent.GREETING) {
            welcomeBack(scene);
            return;
        }
        if (longAway && scene.asked != null) {
            scene.lead("back.short");
        }
        if (temper(scene, message)) {
            return;
        }
        if (converse(scene, message)) {
            scene.unsure = 0;
            return;
        }
        if (child) {
            start(scene, Topic.REPORT, message);
            return;
        }
        unsure(scene, message);
    }

    /** Abuse is met with calm; what else was said is still heard. */
    private boolean temper(Scene scene, Message message) {
        if (!message.says("ABUSE")) {
            if (message.says("ANGRY") && scene.anger == 0) {
                scene.anger++;
                scene.lead("calm.short");
            }
            return false;
        }
        scene.anger++;
        if (scene.anger >= ABUSE_TO_HAND_OVER) {
            scene.anger = 0;
            scene.lead("calm.person");
            handOver.to(scene, "ANGRY");
            return true;
        }
        boolean wants = message.confidence() >= Message.LIKELY && TASKS.contains(message.intent());
        boolean says =
                scene.asked == Ask.WORDS || (message.calmly().length() >= 4 && (message.tellsProblem() || wants));
        if (says) {
            scene.lead("calm.short");
            return false;
        }
        if (scene.asked != null && scene.topic != Topic.NONE) {
            scene.lead("calm.go-on");
            chapter(scene).resume(scene);
        } else {
            scene.say("calm");
        }
        return true;
    }

    private boolean converse(Scene scene, Message message) {
        boolean open = scene.asked != null && scene.topic != Topic.NONE;
        if (open && scene.asked == Ask.SAME_AGAIN) {
            return sameAgain(scene, message);
        }
        if (open && leaves(scene, message)) {
            return follow(scene, message);
        }
        if (open && repeats(scene, message)) {
            scene.lead("again");
            chapter(scene).resume(scene);
            return true;
        }
        if (open && chapter(scene).answer(scene, message)) {
            return true;
        }
        return follow(scene, message);
    }

    /** Whether the message is so surely about something else that it is no answer to the open question. */
    private boolean leaves(Scene scene, Message message) {
        Intent intent = message.intent();
        boolean free = scene.asked != null && FREE.contains(scene.asked);
        if (message.isYes() || message.isNo() || message.digits().phone() != null || !message.surely(intent)) {
            return false;
        }
        return switch (intent) {
            case REPORT, GREETING, CHAT, RESUME ->
                intent == Intent.REPORT && scene.topic != Topic.REPORT && !free && message.tellsProblem();
            case LAW ->
                message.says("QUESTION")
                        && scene.topic != Topic.LAW
                        && !(free && message.plain().length() > 20);
            case THANKS, BYE, ABOUT -> false;
            case CANCEL -> true;
            default ->
                topic(intent) != scene.topic && (!free || reader.intents().named(intent, message.plain()));
        };
    }

    /** The very words of the message before, and nothing new in them. */
    private static boolean repeats(Scene scene, Message message) {
        String before = scene.lineBefore();
        return before != null
                && before.equals(message.text())
                && message.plain().length() >= 4
                && scene.asked != Ask.PHONE
                && scene.asked != Ask.NUMBER;
    }

    private boolean sameAgain(Scene scene, Message message) {
        if (message.isNo() || message.says("NEW_REPORT")) {
            return tap(scene, "another");
        }
        scene.done();
        return follow(scene, message);
    }

    /** Does what the message wants, whatever was talked about. */
    private boolean follow(Scene scene, Message message) {
        Wanted first = message.wanted().get(0);
        boolean numberAlone = message.digits().caseNumber() != null
                && (message.isEmpty() || first.confidence() < Message.LIKELY || first.intent() == Intent.REPORT);
        if (numberAlone) {
            return start(scene, Topic.PROGRESS, message);
        }
        String channel = channels.of(message);
        if (channel != null
                && first.intent() != Intent.LAW
                && first.intent() != Intent.AID
                && message.plain().length() >= 6) {
            channels.tell(scene, channel);
            return true;
        }
        if (message.isYes() && scene.filed != null && scene.asked == null) {
            scene.say("report.already", "number", Digits.inFours(scene.filed.number()));
            return true;
        }
        if (first.confidence() < Message.LIKELY) {
            return message.tellsProblem() && start(scene, Topic.REPORT, message);
        }
        switch (first.intent()) {
            case GREETING -> SmallTalk.greet(scene);
            case THANKS, BYE, ABOUT, CHAT -> SmallTalk.answer(scene, message);
            case RESUME -> resume(scene);
            case CANCEL -> cancel(scene);
            case AID -> {
                // How it works is a question of law; who wants to have it is led through the steps.
                return start(
                        scene, message.says("AID_HOW") && !message.says("AID_MINE") ? Topic.LAW : Topic.AID, message);
            }
            default -> {
                return start(scene, topic(first.intent()), message);
            }
        }
        if (!scene.hasSaid()
                || (scene.asked != null
                        && first.intent() != Intent.BYE
                        && first.intent() != Intent.CANCEL
                        && first.intent() != Intent.RESUME)) {
            remind(scene);
        }
        return true;
    }

    /** The open question once more, after a word in between. */
    private void remind(Scene scene) {
        if (scene.asked != null && scene.topic != Topic.NONE) {
            chapter(scene).resume(scene);
        } else if (!scene.hasSaid()) {
            SmallTalk.greet(scene);
        }
    }

    private boolean start(Scene scene, Topic topic, Message message) {
        scene.turnTo(topic);
        Chapter chapter = chapters.get(topic);
        if (chapter == null) {
            return false;
        }
        chapter.begin(scene, message);
        return true;
    }

    private static Topic topic(Intent intent) {
        return switch (intent) {
            case PROGRESS -> Topic.PROGRESS;
            case URGE -> Topic.URGE;
            case SUPPLEMENT -> Topic.SUPPLEMENT;
            case WITHDRAW -> Topic.WITHDRAW;
            case RATE -> Topic.RATE;
            case TEAM -> Topic.TEAM;
            case LAW -> Topic.LAW;
            case AID -> Topic.AID;
            case MEDIATION -> Topic.MEDIATION;
            case HOTLINES -> Topic.HOTLINES;
            case PERSON -> Topic.PERSON;
            default -> Topic.REPORT;
        };
    }

    private void resume(Scene scene) {
        if (scene.asked != null && scene.topic != Topic.NONE) {
            chapter(scene).resume(scene);
        } else if (!scene.paused.isEmpty()) {
            scene.topic = scene.paused.remove(0);
            chapter(scene).resume(scene);
        } else if (scene.draft() != null) {
            scene.topic = Topic.REPORT;
            report.resume(scene);
        } else {
            scene.say("back.nothing");
        }
    }

    private void cancel(Scene scene) {
        boolean open = scene.topic != Topic.NONE && scene.asked != null;
        if (open && scene.topic == Topic.REPORT) {
            report.tap(scene, "drop");
        } else if (open) {
            scene.done();
            scene.say("case.left");
        } else {
            scene.say("small.bye");
        }
    }

    private void unsure(Scene scene, Message message) {
        scene.unsure++;
        if (scene.unsure >= PATIENCE) {
            scene.lead("unsure.person");
            handOver.to(scene, "NOT_UNDERSTOOD");
        } else if (scene.asked != null && scene.topic != Topic.NONE) {
            scene.lead("unsure.asked");
            chapter(scene).resume(scene);
        } else {
            scene.ask(Ask.WHICH_TOPIC, scene.reply("unsure", likely(scene, message), null));
            scene.topic = Topic.NONE;
        }
    }

    /** Two or three things that may be meant. */
    private static List<Reply.Choice> likely(Scene scene, Message message) {
        List<String> ids = message.wanted().stream()
                .filter(wanted -> wanted.confidence() >= 0.08)
                .map(wanted -> "topic:" + topic(wanted.intent()).name().toLowerCase(java.util.Locale.ROOT))
                .filter(id -> !id.equals("topic:person"))
                .distinct()
                .limit(3)
                .toList();
        List<String> shown =
                ids.size() >= 2 && !message.isAny() ? ids : List.of("topic:report", "topic:progress", "topic:law");
        return shown.stream().map(scene::choice).toList();
    }

    private void tapped(Scene scene, String id) {
        Reply.Choice choice = scene.offered.stream()
                .filter(offered -> offered.id().equals(id))
                .findFirst()
                .orElse(null);
        scene.heard(choice == null ? id.substring(0, Math.min(40, id.length())) : choice.label());
        scene.unsure = 0;
        boolean known = choice != null || id.startsWith("topic:") || id.startsWith("case:") || id.equals("sign-in");
        if (!known || !tap(scene, id)) {
            scene.lead("old-choice");
            remind(scene);
        }
    }

    private boolean tap(Scene scene, String id) {
        if (scene.topic != Topic.NONE && scene.asked != null && chapter(scene).tap(scene, id)) {
            return true;
        }
        Message nothing = reader.read("", null);
        switch (id) {
            case "yes", "no" -> {
                return converse(scene, reader.read(id.equals("yes") ? "是的" : "不", null));
            }
            case "person" -> handOver.to(scene, "ASKED");
            case "law" -> {
                scene.turnTo(Topic.LAW);
                if (scene.filed != null) {
                    law.about(scene, scene.filed.what());
                } else {
                    law.begin(scene, nothing);
                }
            }
            case "mediate" -> {
                scene.turnTo(Topic.MEDIATION);
                mediation.about(scene, null);
            }
            case "another" -> {
                scene.filed = null;
                return start(scene, Topic.REPORT, nothing);
            }
            case "reopen" -> {
                scene.turnTo(Topic.RATE);
                rate.reopen(scene);
            }
            case "urge", "supplement", "withdraw", "rate", "progress" -> {
                return start(scene, Topic.valueOf(id.toUpperCase(java.util.Locale.ROOT)), nothing);
            }
            case "resume" -> resume(scene);
            case "bye" -> scene.say("small.bye");
            default -> {
                if (id.startsWith("case:")) {
                    scene.turnTo(Topic.PROGRESS);
                    return chapter(scene).tap(scene, id);
                }
                if (id.startsWith("topic:")) {
                    return topicTap(scene, id.substring(6), nothing);
                }
                return false;
            }
        }
        return true;
    }

    private boolean topicTap(Scene scene, String name, Message nothing) {
        for (Topic topic : Topic.values()) {
            if (topic.name().toLowerCase(java.util.Locale.ROOT).equals(name) && topic != Topic.NONE) {
                return start(scene, topic, nothing);
            }
        }
        return false;
    }

    private void point(Scene scene, Heard.Point point) {
        scene.heard(scene.text("said.point"));
        scene.unsure = 0;
        if (scene.topic == Topic.TEAM && scene.asked != null) {
            team.point(scene, point);
            return;
        }
        if (scene.topic != Topic.REPORT) {
            scene.turnTo(Topic.REPORT);
        }
        report.point(scene, point);
    }

    private void media(Scene scene, List<String> ids) {
        scene.heard(scene.text("said.media", "count", ids.size()));
        scene.unsure = 0;
        if (ids.isEmpty()) {
            scene.lead("old-choice");
            remind(scene);
        } else if (scene.topic == Topic.SUPPLEMENT && scene.asked != null) {
            supplement.media(scene, ids);
        } else {
            if (scene.topic != Topic.REPORT) {
                scene.turnTo(Topic.REPORT);
            }
            report.media(scene, ids);
        }
    }

    private void came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.HandedOver) {
            handOver.came(scene, outcome);
        } else if (!chapter(scene).came(scene, outcome) && outcome instanceof Outcome.Refused) {
            scene.say("case.broken");
        }
    }

    /** When a topic has ended, the one it interrupted goes on. */
    private void comeBack(Scene scene) {
        boolean over = scene.topic == Topic.NONE && scene.asked == null;
        if (over && scene.hasSaid() && !scene.waits() && !scene.rests() && !scene.paused.isEmpty()) {
            scene.topic = scene.paused.remove(0);
            chapter(scene).resume(scene);
        }
    }
}
