package linge.bot.dialogue;

import java.util.Objects;
import java.util.regex.Pattern;
import linge.bot.dialogue.Talk.Ask;

/** Hears the answer to each question of a report; false when the words are no answer. */
final class ReportAnswers {
    private static final int LONGEST_ANSWER = 40;
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}{2}");
    /** 会，水能到膝盖: yes, and more. */
    private static final Pattern DANGEROUS = Pattern.compile("(?:会|有|能|可能会?|当然会?)(?:的|啊|呀|呢|了)*[,，、。]");

    private static final Pattern HARMLESS = Pattern.compile("(?:不会|没有|没|不|不能)(?:的|啊|呀|呢|吧)*[,，、。]");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{7}");

    private final Facts facts;
    private final ReportSteps steps;

    ReportAnswers(Facts facts, ReportSteps steps) {
        this.facts = facts;
        this.steps = steps;
    }

    /** Whether something was told that was not asked, while the question stays open: it is said that it was heard. */
    boolean beside(Draft before, Draft taken, Ask asked) {
        return switch (asked) {
            case WHERE -> told(before, taken) && Objects.equals(before.where(), taken.where());
            case SINCE -> told(before, taken) && Objects.equals(before.since(), taken.since());
            case DANGER -> told(before, taken) && Objects.equals(before.danger(), taken.danger());
            case PHONE -> told(before, taken) && Objects.equals(before.phone(), taken.phone());
            default -> false;
        };
    }

    /** What may be told out of turn. */
    private static boolean told(Draft before, Draft taken) {
        return !before.what().equals(taken.what())
                || !Objects.equals(before.since(), taken.since())
                || !Objects.equals(before.phone(), taken.phone())
                || !Objects.equals(before.where(), taken.where())
                || before.anonymous() != taken.anonymous()
                || before.confidential() != taken.confidential();
    }

    boolean where(Scene scene, Draft before, Draft taken, Message message) {
        if (message.says("HOME")
                && scene.who.homeName() != null
                && !message.where().leadsThere()) {
            scene.draft(taken.at(scene.who.homeName(), scene.who.homeCode()));
            return steps.next(scene, Where.NOWHERE);
        }
        if (message.says("HERE") && !message.where().leadsThere()) {
            scene.ask(Ask.WHERE, "report.point");
            return true;
        }
        boolean newPlace = !taken.equals(before) && message.where().saysSomething();
        if (newPlace || !message.where().candidates().isEmpty()) {
            // Asked twice is enough; so is a name that only people there know.
            boolean enough = !facts.leads(taken) && (before.where() != null || facts.answersWhere(taken));
            scene.draft(enough ? taken.askedAgain(Ask.WHERE) : taken);
            return steps.next(scene, message.where());
        }
        if (scene.asked == Ask.WHICH_PLACE && (message.says("NONE_OF_THESE") || message.isNo())) {
            scene.ask(Ask.WHERE, "report.where-else");
            return true;
        }
        if (message.isDontKnow() || message.isAny() || message.isNo() || message.isYes()) {
            return whereUnknown(scene, before, taken);
        }
        if (scene.asked == Ask.WHICH_PLACE) {
            return whichPlaceAgain(scene, before, taken);
        }
        if (taken.since() != null && before.since() == null) {
            return steps.next(scene, message.where());
        }
        if (soundsLikePlace(message) && taken.equals(before)) {
            String place = Wording.problem(message.told());
            scene.draft(
                    taken.at(taken.where() == null ? place : Addresses.joined(place, taken.where()), taken.placeCode())
                            .askedAgain(Ask.WHERE));
            return steps.next(scene, message.where());
        }
        return !taken.equals(before) && steps.next(scene, message.where());
    }

    /** Hinted at once; after that what is known must do. */
    private boolean whereUnknown(Scene scene, Draft before, Draft taken) {
        if (before.askedTwice() != Ask.WHERE && before.where() == null) {
            scene.draft(taken.askedAgain(Ask.WHERE));
            scene.ask(Ask.WHERE, "report.where-hint");
            return true;
        }
        String where = taken.where() == null ? scene.text("report.where-unknown") : taken.where();
        scene.draft(taken.at(where, taken.placeCode()).askedAgain(Ask.WHERE));
        return steps.next(scene, Where.NOWHERE);
    }

    /** Something else was said than which of the places: it is noted, and asked once more. */
    private boolean whichPlaceAgain(Scene scene, Draft before, Draft taken) {
        if (taken.equals(before)) {
            return false;
        }
        if (taken.askedTwice() == Ask.WHICH_PLACE) {
            return steps.next(scene, Where.NOWHERE);
        }
        scene.draft(taken.askedAgain(Ask.WHICH_PLACE));
        scene.ask(Ask.WHICH_PLACE, scene.reply("report.which-place-again", scene.offered, null));
        return true;
    }

    /** A name no list knows, said where a place was asked for. */
    private static boolean soundsLikePlace(Message message) {
        return message.plain().length() >= 2
                && message.plain().length() <= LONGEST_ANSWER
                && HAN.matcher(message.plain()).find()
                && !LONG_NUMBER.matcher(message.plain()).find()
                && message.since() == null
                && !message.says("NO_DANGER")
                && !message.says("NO_PLACE")
                && !message.says("QUESTION")
                && !message.tellsProblem()
                && !takesElsewhere(message);
    }

    boolean since(Scene scene, Draft before, Draft taken, Message message) {
        if (message.since() == null && (message.isDontKnow() || message.isAny() || message.isNo())) {
            scene.draft(taken.since(scene.text("report.since-unknown")));
            return steps.next(scene, Where.NOWHERE);
        }
        if (message.since() == null
                && taken.equals(before)
                && message.plain().length() <= 16
                && !message.isEmpty()
                && !message.isYes()
                && !message.says("NO_SINCE")
                && !message.where().saysSomething()
                && !message.tellsProblem()
                && !takesElsewhere(message)) {
            scene.draft(taken.since(message.told()));
            return steps.next(scene, Where.NOWHERE);
        }
        return !taken.equals(before) && steps.next(scene, Where.NOWHERE);
    }

    boolean danger(Scene scene, Draft before, Draft taken, Message message) {
        if ((message.isYes() || DANGEROUS.matcher(message.plain()).lookingAt()) && before.danger() == null) {
            scene.draft(taken.danger(true));
        } else if (message.isNo()
                || message.isDontKnow()
                || message.isAny()
                || HARMLESS.matcher(message.plain()).lookingAt()) {
            scene.draft(taken.danger(false));
        } else if (taken.danger() == null && taken.equals(before)) {
            return false;
        }
        return steps.next(scene, Where.NOWHERE);
    }

    boolean phone(Scene scene, Draft before, Draft taken, Message message) {
        if (message.digits().phone() == null && (message.says("NO_PHONE") || message.isNo() || message.isAny())) {
            scene.draft(taken.calling(""));
            scene.lead("report.no-phone");
            return steps.next(scene, Where.NOWHERE);
        }
        long digits = message.told().chars().filter(Character::isDigit).count();
        if (message.digits().phone() == null && digits >= 7) {
            scene.ask(Ask.PHONE, "report.phone-wrong", "count", digits);
            return true;
        }
        return !taken.equals(before) && steps.next(scene, Where.NOWHERE);
    }

    boolean confirm(Scene scene, Draft before, Draft taken, Message message) {
        if (message.isYes() || (message.says("NONE") && taken.equals(before))) {
            return steps.file(scene);
        }
        if (!taken.equals(before)) {
            scene.lead("report.changed");
            return steps.next(scene, Where.NOWHERE);
        }
        if (message.says("FIX_PHONE")
                || message.says("FIX_WHERE")
                || message.says("FIX_SINCE")
                || message.says("FIX_WHAT")) {
            return change(scene, before, taken, message);
        }
        if (message.isNo() || message.says("CORRECTION")) {
            scene.ask(Ask.WHAT_TO_CHANGE, "report.change");
            return true;
        }
        return false;
    }

    boolean change(Scene scene, Draft before, Draft taken, Message message) {
        if (!taken.equals(before)) {
            scene.lead("report.changed");
            return steps.next(scene, Where.NOWHERE);
        }
        if (message.says("FIX_PHONE")) {
            return steps.change(scene, "edit-phone");
        }
        if (message.says("FIX_WHERE")) {
            return steps.change(scene, "edit-where");
        }
        if (message.says("FIX_SINCE")) {
            return steps.change(scene, "edit-since");
        }
        if (message.says("FIX_WHAT")) {
            return steps.change(scene, "edit-what");
        }
        if (message.isNo() || message.isYes()) {
            return steps.next(scene, Where.NOWHERE);
        }
        return false;
    }

    boolean goOn(Scene scene, Draft before, Draft taken, Message message) {
        if (message.says("OVER")) {
            return steps.dropped(scene);
        }
        boolean helps = !Objects.equals(taken.where(), before.where())
                || !Objects.equals(taken.phone(), before.phone())
                || !Objects.equals(taken.since(), before.since());
        if (message.isYes() || message.says("CALLED") || helps || message.wants(Intent.RESUME)) {
            return steps.next(scene, message.where());
        }
        if (message.isNo()) {
            return steps.dropped(scene);
        }
        if (taken.equals(before)) {
            return false;
        }
        // More of the story is no yes: whether it is reported is theirs to say.
        scene.ask(Ask.GO_ON, Boolean.TRUE.equals(before.danger()) ? "emergency.offer-again" : "report.go-on");
        return true;
    }

    boolean waitForSignIn(Scene scene) {
        return scene.who.signedIn() && steps.file(scene);
    }

    private static boolean takesElsewhere(Message message) {
        return message.intent() != Intent.REPORT && message.confidence() >= Message.LIKELY;
    }
}
