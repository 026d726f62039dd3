package linge.bot.dialogue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import linge.bot.dialogue.Intents.Wanted;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.knowledge.Hardship;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.bot.text.Digits;
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
    private final Reader reader;
    private final Emergency emergency;
    private final Channels channels;
    private final Chapters chapters;

    /**
     * @param ownWords a city's own wording laid over the shipped one, or null; read once
     * @param hardship the province's line for legal aid
     * @param places finds where; asked for each message anew, so that another may take its place
     * @throws IllegalArgumentException in Chinese, naming the reply that is wrong
     */
    public Clerk(java.io.@Nullable Reader ownWords, Hardship hardship, Supplier<AddressIndex> places) {
        Replies shipped = Replies.shipped();
        this.wording = ownWords == null ? shipped : shipped.with(ownWords);
        this.reader = new Reader(Gazetteer.shipped(), places);
        Facts facts = new Facts(reader.addresses());
        Hotlines hotlines = new Hotlines();
        this.emergency = new Emergency(facts, hotlines);
        this.channels = new Channels(hotlines);
        this.chapters = new Chapters(reader, facts, hotlines, hardship);
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
            chapters.point(scene, point);
        } else if (said instanceof Heard.Media media) {
            chapters.media(scene, media.ids());
        } else if (said instanceof Heard.Came came) {
            chapters.came(scene, came.outcome());
        } else {
            opened(scene);
        }
        chapters.comeBack(scene);
        return scene.turn();
    }

    private void opened(Scene scene) {
        if (scene.asked != null && scene.topic != Topic.NONE) {
            chapters.welcomeBack(scene);
        } else {
            SmallTalk.greet(scene);
        }
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
        if (chosen != null && chapters.tap(scene, chosen.id())) {
            scene.unsure = 0;
            return;
        }
        if (longAway && scene.asked != null && message.intent() == Intent.GREETING) {
            chapters.welcomeBack(scene);
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
            chapters.start(scene, Topic.REPORT, message);
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
            chapters.handOver().to(scene, "ANGRY");
            return true;
        }
        boolean wants = message.confidence() >= Message.LIKELY && TASKS.contains(message.intent());
        boolean says = scene.asked == Ask.WORDS
                || (message.calmly().length() >= 4
                        && (wants || reader.read(message.calmly(), null).tellsProblem()));
        if (says) {
            scene.lead("calm.short");
            return false;
        }
        if (scene.asked != null && scene.topic != Topic.NONE) {
            scene.lead("calm.go-on");
            chapters.chapter(scene).resume(scene);
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
        if (open && scene.topic == Topic.WITHDRAW && scene.asked == Ask.SURE && message.says("NOT_WITHDRAW")) {
            chapters.tap(scene, "withdraw-no");
            // 别撤了，催催他们: the question is answered, and something else wanted.
            return !reader.intents().named(Intent.URGE, message.plain()) || chapters.start(scene, Topic.URGE, message);
        }
        if (open && leaves(scene, message)) {
            return follow(scene, message);
        }
        if (open && repeats(scene, message)) {
            scene.lead("again");
            chapters.chapter(scene).resume(scene);
            return true;
        }
        if (open && chapters.chapter(scene).answer(scene, message)) {
            return true;
        }
        return follow(scene, message);
    }

    /** Whether the message is so surely about something else that it is no answer to the open question. */
    private boolean leaves(Scene scene, Message message) {
        Intent intent = message.intent();
        boolean free = scene.asked != null && FREE.contains(scene.asked);
        boolean refusesPhone = scene.topic == Topic.REPORT && message.says("NO_PHONE");
        if (message.isYes()
                || message.isNo()
                || refusesPhone
                || message.digits().phone() != null
                || !message.surely(intent)) {
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
                Chapters.topic(intent) != scene.topic
                        && (!free || reader.intents().named(intent, message.plain()));
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
            return chapters.tap(scene, "another");
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
            return chapters.start(scene, Topic.PROGRESS, message);
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
            // Who says where, means to say what next.
            return (message.tellsProblem() || message.isPlace()) && chapters.start(scene, Topic.REPORT, message);
        }
        switch (first.intent()) {
            case GREETING -> SmallTalk.greet(scene);
            case THANKS, BYE, ABOUT, CHAT -> SmallTalk.answer(scene, message);
            case RESUME -> chapters.resume(scene, message);
            case CANCEL -> chapters.cancel(scene);
            case AID -> {
                // How it works is a question of law; who wants to have it is led through the steps.
                return chapters.start(
                        scene, message.says("AID_HOW") && !message.says("AID_MINE") ? Topic.LAW : Topic.AID, message);
            }
            default -> {
                return chapters.start(scene, Chapters.topic(first.intent()), message);
            }
        }
        if (!scene.hasSaid()
                || (scene.asked != null
                        && first.intent() != Intent.BYE
                        && first.intent() != Intent.CANCEL
                        && first.intent() != Intent.RESUME)) {
            chapters.remind(scene);
        }
        return true;
    }

    private void unsure(Scene scene, Message message) {
        scene.unsure++;
        if (scene.unsure >= PATIENCE) {
            scene.lead("unsure.person");
            chapters.handOver().to(scene, "NOT_UNDERSTOOD");
        } else if (scene.asked != null && scene.topic != Topic.NONE) {
            scene.lead("unsure.asked");
            chapters.chapter(scene).resume(scene);
        } else {
            scene.ask(Ask.WHICH_TOPIC, scene.reply("unsure", likely(scene, message), null));
            scene.topic = Topic.NONE;
        }
    }

    /** Two or three things that may be meant. */
    private static List<Reply.Choice> likely(Scene scene, Message message) {
        List<String> ids = message.wanted().stream()
                .filter(wanted -> wanted.confidence() >= 0.08)
                .map(wanted -> "topic:" + Chapters.topic(wanted.intent()).name().toLowerCase(Locale.ROOT))
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
        if (!known || !chapters.tap(scene, id)) {
            scene.lead("old-choice");
            chapters.remind(scene);
        }
    }
}
