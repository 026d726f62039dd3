package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.text.Digits;
import linge.bot.triage.Triage;
import org.jspecify.annotations.Nullable;

/** Reports a problem: what, where, since when, whether it is dangerous, a phone; then all of it once more, and filed. */
final class ReportProblem implements Chapter {
    private static final double ALIKE = 0.8;

    private final Reader reader;
    private final Facts facts;
    private final ReportSteps steps;
    private final ReportAnswers answers;
    private final ReportOutcomes outcomes;
    private final Triage triage = Triage.shipped();

    ReportProblem(Reader reader) {
        this.reader = reader;
        this.facts = new Facts(reader.addresses());
        this.steps = new ReportSteps(facts);
        this.answers = new ReportAnswers(facts, steps);
        this.outcomes = new ReportOutcomes(steps);
    }

    @Override
    public void begin(Scene scene, Message message) {
        Draft open = scene.draft();
        if (open != null && !open.what().isEmpty() && message.tellsProblem() && alike(open, message)) {
            answer(scene, message);
            return;
        }
        String told = Wording.problem(message.told());
        boolean says = !message.isPlace() && (message.tellsProblem() || (told.length() >= 6 && !message.onlySince()));
        if (!says) {
            if (open == null || !open.what().isEmpty()) {
                scene.drafts.add(0, Draft.empty(scene.newKey()));
            }
            Where where = message.where();
            if (where.words() != null && message.isPlace()) {
                Message before = toldBefore(scene);
                if (before != null) {
                    scene.drafts.remove(0);
                    begin(scene, reader.read(before.told() + "，" + message.told(), scene.who.homeCode()));
                    return;
                }
                scene.draft(scene.drafts.get(0).at(where.words(), where.code()));
                scene.ask(Ask.WHAT, "report.what-here", "where", where.words());
                return;
            }
            scene.ask(Ask.WHAT, scene.minor ? "report.what-minor" : "report.what");
            return;
        }
        if (scene.filed != null && resembles(scene.filed.what(), message.plain())) {
            again(scene, scene.filed);
            return;
        }
        Draft base = open != null && open.what().isEmpty() ? open : Draft.empty(scene.newKey());
        var begun = new ArrayList<Draft>();
        List<String> parts = triage.issues(message.told()).stream()
                .map(issue -> Wording.punctuated(issue.text()))
                .limit(Talk.MOST_DRAFTS)
                .toList();
        for (String part : parts) {
            Message own = parts.size() == 1 ? message : reader.read(part, scene.who.homeCode());
            Draft draft = facts.take(begun.isEmpty() ? base : Draft.empty(scene.newKey()), own, Ask.WHAT);
            // Said once for all: whose place is not told apart lies where the others lie.
            draft = draft.where() == null && message.where().saysSomething()
                    ? facts.take(draft, place(message), null)
                    : draft;
            begun.add(
                    message.digits().phone() == null
                            ? draft
                            : draft.calling(message.digits().phone()));
        }
        scene.drafts.removeIf(draft -> draft.what().isEmpty());
        scene.drafts.addAll(0, begun);
        if (begun.size() > 1) {
            scene.lead("report.several", "count", begun.size(), "list", list(begun), "first", brief(begun.get(0)));
        }
        steps.next(scene, message.where());
    }

    /** A problem told in the line before, of which no report was begun: asked of the law, say. Null if there is none. */
    private @Nullable Message toldBefore(Scene scene) {
        String line = scene.lineBefore();
        if (line == null || scene.filed != null && resembles(scene.filed.what(), line)) {
            return null;
        }
        Message told = reader.read(line, scene.who.homeCode());
        return told.tellsProblem() ? told : null;
    }

    /** Place, time and phone that came along with other words. */
    void alsoTold(Scene scene, Message message) {
        Draft open = scene.draft();
        if (open != null && !open.what().isEmpty()) {
            scene.draft(facts.take(open, message, null).told(open.what(), open.category(), open.hazard()));
        }
    }

    /** The draft that something shown belongs to: the open one, else one of what was told just before. */
    private Draft shownFor(Scene scene) {
        Draft open = scene.draft();
        if (open != null) {
            return open;
        }
        Message told = toldBefore(scene);
        Draft empty = Draft.empty(scene.newKey());
        Draft draft = told == null ? empty : facts.take(empty, told, Ask.WHAT);
        scene.drafts.add(0, draft);
        return draft;
    }

    /** The same message with nothing in it but its place. */
    private static Message place(Message message) {
        return new Message("", "", "", Digits.in(""), message.triaged(), message.wanted(), message.where(), null);
    }

    private static String list(List<Draft> drafts) {
        var list = new StringBuilder();
        for (int i = 0; i < drafts.size(); i++) {
            list.append(i == 0 ? "" : "；").append(i + 1).append("、").append(brief(drafts.get(i)));
        }
        return list.toString();
    }

    ReportSteps steps() {
        return steps;
    }

    static String brief(Draft draft) {
        return Wording.brief(draft.words());
    }

    private boolean alike(Draft draft, Message message) {
        return message.triaged().category() != null
                && message.triaged().category().code().equals(draft.category());
    }

    /** Nearly the same characters in pairs: sent twice, or said again. */
    static boolean resembles(String filed, String plain) {
        String before = filed.replaceAll("[\\s\\p{P}]", "");
        String now = plain.replaceAll("[\\s\\p{P}]", "");
        if (before.length() < 4 || now.length() < 4) {
            return before.equals(now);
        }
        int shared = 0;
        for (int i = 0; i + 1 < now.length(); i++) {
            shared += before.contains(now.substring(i, i + 2)) ? 1 : 0;
        }
        return shared >= ALIKE * (Math.max(now.length(), before.length()) - 1);
    }

    private void again(Scene scene, Talk.Filed filed) {
        scene.matter = Talk.Matter.of(filed.number());
        scene.ask(Ask.SAME_AGAIN, "report.same", "number", Digits.inFours(filed.number()));
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        Draft draft = scene.draft();
        Ask asked = scene.asked;
        if (draft == null || asked == null) {
            return false;
        }
        if (draft.what().isEmpty() && asked == Ask.WHAT) {
            return answeredWhat(scene, message);
        }
        if (isAnother(draft, message, asked)) {
            Draft second = facts.take(Draft.empty(scene.newKey()), message, Ask.WHAT);
            scene.drafts.add(second);
            scene.lead("report.another", "what", brief(second), "first", brief(draft));
            steps.ask(scene, scene.draft());
            return true;
        }
        if (message.says("FILE_NOW") && (asked == Ask.SINCE || asked == Ask.DANGER || asked == Ask.PHONE)) {
            scene.draft(enough(scene, draft));
            return steps.next(scene, Where.NOWHERE);
        }
        Draft taken = facts.take(draft, message, asked);
        scene.draft(taken);
        if (answers.beside(draft, taken, asked)) {
            scene.lead("report.detail");
        }
        boolean answered = answered(scene, draft, taken, message, asked);
        return answered || (isDetail(message, asked) && detail(scene, taken, message));
    }

    /** Who wants it filed now is asked nothing more than whether it is right. */
    private static Draft enough(Scene scene, Draft draft) {
        Draft now = draft.since() == null ? draft.since(scene.text("report.since-unknown")) : draft;
        now = now.danger() == null ? now.danger(false) : now;
        return now.phone() == null ? now.calling("") : now;
    }

    /** No answer, but more of the same story: it is noted, and the question asked again. */
    private static boolean isDetail(Message message, Ask asked) {
        boolean asking = asked == Ask.WHERE || asked == Ask.SINCE || asked == Ask.DANGER || asked == Ask.PHONE;
        return asking
                && message.intent() == Intent.REPORT
                && message.confidence() >= Message.LIKELY
                && message.plain().length() >= 4
                && !message.says("NEW_REPORT")
                && !message.says("QUESTION");
    }

    private boolean detail(Scene scene, Draft draft, Message message) {
        var words = new ArrayList<>(draft.what());
        words.add(Wording.problem(message.told()));
        scene.draft(facts.judged(draft, words));
        scene.lead("report.detail");
        return steps.next(scene, Where.NOWHERE);
    }

    private boolean answered(Scene scene, Draft draft, Draft taken, Message message, Ask asked) {
        return switch (asked) {
            case WHERE, WHICH_PLACE -> answers.where(scene, draft, taken, message);
            case SINCE -> answers.since(scene, draft, taken, message);
            case DANGER -> answers.danger(scene, draft, taken, message);
            case PHONE -> answers.phone(scene, draft, taken, message);
            case CONFIRM -> answers.confirm(scene, draft, taken, message);
            case WHAT_TO_CHANGE -> answers.change(scene, draft, taken, message);
            case GO_ON -> answers.goOn(scene, draft, taken, message);
            case SIGN_IN -> message.isNo() ? steps.dropped(scene) : answers.waitForSignIn(scene);
            default -> false;
        };
    }

    /** Another problem told while this one is open: it is noted and waits. */
    private boolean isAnother(Draft draft, Message message, Ask asked) {
        if (!message.tellsProblem()
                || message.says("CORRECTION")
                || message.says("NOBODY_CARES")
                || asked == Ask.WHAT) {
            return false;
        }
        String code = message.triaged().category() == null
                ? ""
                : message.triaged().category().code();
        if (code.equals(draft.category())) {
            return false;
        }
        return message.says("MORE")
                || (asked == Ask.CONFIRM
                        && message.triaged().confidence() > 0.8
                        && message.plain().length() > 8);
    }

    private boolean answeredWhat(Scene scene, Message message) {
        String told = Wording.problem(message.told());
        boolean names =
                told.length() >= 3 || (told.length() == 2 && message.triaged().category() != null);
        if (message.isYes() || message.isNo() || message.isAny() || message.isDontKnow() || !names) {
            if (message.isNo()) {
                return steps.dropped(scene);
            }
            Draft open = scene.draft();
            boolean twice = open != null && open.askedTwice() == Ask.WHAT;
            if (open != null) {
                scene.draft(open.askedAgain(Ask.WHAT));
            }
            scene.ask(Ask.WHAT, twice ? "report.what-person" : "report.what-again");
            return true;
        }
        scene.asked = null;
        begin(scene, message);
        return true;
    }

    @Override
    public boolean tap(Scene scene, String id) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        switch (id) {
            case "file", "retry" -> steps.file(scene);
            case "sign-in" -> {
                if (!answers.waitForSignIn(scene)) {
                    scene.ask(Ask.SIGN_IN, "report.sign-in-wait");
                }
            }
            case "edit" -> scene.ask(Ask.WHAT_TO_CHANGE, "report.change");
            case "drop" -> steps.dropped(scene);
            case "go-on" -> steps.next(scene, Where.NOWHERE);
            case "home" -> {
                scene.draft(draft.at(scene.who.homeName(), scene.who.homeCode()));
                steps.next(scene, Where.NOWHERE);
            }
            case "no-phone" -> {
                scene.draft(draft.calling(""));
                scene.lead("report.no-phone");
                steps.next(scene, Where.NOWHERE);
            }
            case "danger" -> {
                scene.draft(draft.danger(true));
                steps.next(scene, Where.NOWHERE);
            }
            case "no-danger" -> {
                scene.draft(draft.danger(false));
                steps.next(scene, Where.NOWHERE);
            }
            default -> {
                if (id.startsWith("place:")) {
                    String code = id.substring(6);
                    String name = reader.addresses().fullName(code);
                    String where = draft.where();
                    scene.draft(draft.at(
                            where == null || name.endsWith(where) ? name : Addresses.joined(name, where), code));
                    return steps.next(scene, Where.NOWHERE);
                }
                return steps.change(scene, id);
            }
        }
        return true;
    }

    /** A place on the map: the service names it. */
    void point(Scene scene, Heard.Point point) {
        Draft draft = shownFor(scene);
        scene.draft(draft.at(point));
        scene.wish(new Wish.FindGround(draft.where(), point));
    }

    void media(Scene scene, List<String> ids) {
        Draft showing = shownFor(scene).showing(ids);
        scene.draft(showing);
        scene.lead("report.photos", "count", showing.media().size());
        if (showing.what().isEmpty()) {
            scene.ask(Ask.WHAT, "report.what-photo");
        } else {
            steps.next(scene, Where.NOWHERE);
        }
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        if (outcome instanceof Outcome.Filed filed) {
            outcomes.filed(scene, draft, filed.facts());
            return true;
        }
        if (outcome instanceof Outcome.GroundFound ground) {
            return outcomes.ground(scene, draft, ground);
        }
        return outcome instanceof Outcome.Refused refused && outcomes.refused(scene, draft, refused);
    }

    @Override
    public void resume(Scene scene) {
        Draft draft = scene.draft();
        if (draft == null) {
            scene.topic = Topic.NONE;
        } else if (draft.askedTwice() == Ask.GO_ON && draft.where() == null && draft.phone() == null) {
            // Told in danger and not yet agreed to: it is offered, not gone on with.
            scene.ask(Ask.GO_ON, "emergency.offer");
        } else if (!draft.what().isEmpty()) {
            scene.lead("report.back", "what", brief(draft));
            steps.next(scene, Where.NOWHERE);
        } else {
            steps.next(scene, Where.NOWHERE);
        }
    }
}
