package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.triage.Triage;
import org.jspecify.annotations.Nullable;

/** Reports a problem: what, where, since when, whether it is dangerous, a phone; then all of it once more, and filed. */
final class ReportProblem implements Chapter {
    private static final double ALIKE = 0.8;
    private static final int LONGEST_ANSWER = 40;
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}{2}");
    private static final Pattern LONG_NUMBER = Pattern.compile("[0-9]{7}");

    private final Reader reader;
    private final Facts facts;
    private final Summary summary;
    private final Triage triage = Triage.shipped();
    private final Cues cues = Cues.shipped();

    ReportProblem(Reader reader) {
        this.reader = reader;
        this.facts = new Facts(reader.addresses());
        this.summary = new Summary();
    }

    @Override
    public void begin(Scene scene, Message message) {
        Draft open = scene.draft();
        if (open != null && !open.what().isEmpty() && message.tellsProblem() && alike(open, message)) {
            answer(scene, message);
            return;
        }
        String told = Wording.problem(message.told());
        boolean says = message.tellsProblem() || told.length() >= 6;
        if (!says) {
            if (open == null || !open.what().isEmpty()) {
                scene.drafts.add(0, Draft.empty(scene.newKey()));
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
        next(scene, message.where());
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
            ask(scene, scene.draft());
            return true;
        }
        Draft taken = facts.take(draft, message, asked);
        scene.draft(taken);
        return switch (asked) {
            case WHERE, WHICH_PLACE -> answeredWhere(scene, draft, taken, message);
            case SINCE -> answeredSince(scene, draft, taken, message);
            case DANGER -> answeredDanger(scene, draft, taken, message);
            case PHONE -> answeredPhone(scene, draft, taken, message);
            case CONFIRM -> answeredConfirm(scene, draft, taken, message);
            case WHAT_TO_CHANGE -> answeredChange(scene, draft, taken, message);
            case GO_ON -> answeredGoOn(scene, draft, taken, message);
            case SIGN_IN -> message.isNo() ? dropped(scene) : waitForSignIn(scene);
            default -> false;
        };
    }

    /** Another problem told while this one is open: it is noted and waits. */
    private boolean isAnother(Draft draft, Message message, Ask asked) {
        if (!message.tellsProblem() || message.says("CORRECTION") || asked == Ask.WHAT) {
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
        if (message.isYes()
                || message.isNo()
                || message.isAny()
                || Wording.problem(message.told()).length() < 3) {
            if (message.isNo()) {
                return dropped(scene);
            }
            scene.ask(Ask.WHAT, "report.what-again");
            return true;
        }
        scene.asked = null;
        begin(scene, message);
        return true;
    }

    private boolean answeredWhere(Scene scene, Draft before, Draft taken, Message message) {
        if (message.says("HOME")
                && scene.who.homeName() != null
                && !message.where().leadsThere()) {
            scene.draft(taken.at(scene.who.homeName(), scene.who.homeCode()));
            return next(scene, Where.NOWHERE);
        }
        if (message.says("HERE") && !message.where().leadsThere()) {
            scene.ask(Ask.WHERE, "report.point");
            return true;
        }
        boolean newPlace = !taken.equals(before) && message.where().saysSomething();
        if (newPlace || !message.where().candidates().isEmpty()) {
            boolean stillVague = before.where() != null && !facts.leads(taken);
            scene.draft(stillVague ? taken.askedAgain(Ask.WHERE) : taken);
            return next(scene, message.where());
        }
        if (message.isDontKnow() || message.isAny() || message.isNo() || message.isYes()) {
            return whereUnknown(scene, before, taken);
        }
        if (scene.asked == Ask.WHICH_PLACE) {
            return whichPlaceAgain(scene, before, taken);
        }
        if (taken.since() != null && before.since() == null) {
            return next(scene, message.where());
        }
        if (soundsLikePlace(message) && taken.equals(before)) {
            String place = Wording.problem(message.told());
            scene.draft(
                    taken.at(taken.where() == null ? place : Addresses.joined(place, taken.where()), taken.placeCode())
                            .askedAgain(Ask.WHERE));
            return next(scene, message.where());
        }
        return !taken.equals(before) && next(scene, message.where());
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
        return next(scene, Where.NOWHERE);
    }

    /** Something else was said than which of the places: it is noted, and asked once more. */
    private boolean whichPlaceAgain(Scene scene, Draft before, Draft taken) {
        if (taken.equals(before)) {
            return false;
        }
        if (taken.askedTwice() == Ask.WHICH_PLACE) {
            return next(scene, Where.NOWHERE);
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
                && !message.says("QUESTION")
                && !message.tellsProblem()
                && !takesElsewhere(message);
    }

    private boolean answeredSince(Scene scene, Draft before, Draft taken, Message message) {
        if (message.since() == null && (message.isDontKnow() || message.isAny() || message.isNo())) {
            scene.draft(taken.since(scene.text("report.since-unknown")));
            return next(scene, Where.NOWHERE);
        }
        if (message.since() == null
                && taken.equals(before)
                && message.plain().length() <= 16
                && !message.isEmpty()
                && !message.isYes()
                && !message.where().saysSomething()
                && !message.tellsProblem()
                && !takesElsewhere(message)) {
            scene.draft(taken.since(message.told()));
            return next(scene, Where.NOWHERE);
        }
        return !taken.equals(before) && next(scene, Where.NOWHERE);
    }

    private boolean answeredDanger(Scene scene, Draft before, Draft taken, Message message) {
        if (message.isYes() && taken.danger() == null) {
            scene.draft(taken.danger(true));
        } else if (message.isNo() || message.isDontKnow() || message.isAny()) {
            scene.draft(taken.danger(false));
        } else if (taken.danger() == null && taken.equals(before)) {
            return false;
        }
        return next(scene, Where.NOWHERE);
    }

    private boolean answeredPhone(Scene scene, Draft before, Draft taken, Message message) {
        if (message.digits().phone() == null && (message.says("NO_PHONE") || message.isNo() || message.isAny())) {
            scene.draft(taken.calling(""));
            scene.lead("report.no-phone");
            return next(scene, Where.NOWHERE);
        }
        long digits = message.told().chars().filter(Character::isDigit).count();
        if (message.digits().phone() == null && digits >= 7) {
            scene.ask(Ask.PHONE, "report.phone-wrong", "count", digits);
            return true;
        }
        return !taken.equals(before) && next(scene, Where.NOWHERE);
    }

    private boolean answeredConfirm(Scene scene, Draft before, Draft taken, Message message) {
        if (message.isYes() || (message.says("NONE") && taken.equals(before))) {
            return file(scene);
        }
        if (!taken.equals(before)) {
            scene.lead("report.changed");
            return next(scene, Where.NOWHERE);
        }
        if (message.says("FIX_PHONE")
                || message.says("FIX_WHERE")
                || message.says("FIX_SINCE")
                || message.says("FIX_WHAT")) {
            return answeredChange(scene, before, taken, message);
        }
        if (message.isNo() || message.says("CORRECTION")) {
            scene.ask(Ask.WHAT_TO_CHANGE, "report.change");
            return true;
        }
        return false;
    }

    private boolean answeredChange(Scene scene, Draft before, Draft taken, Message message) {
        if (!taken.equals(before)) {
            scene.lead("report.changed");
            return next(scene, Where.NOWHERE);
        }
        if (message.says("FIX_PHONE")) {
            return change(scene, "edit-phone");
        }
        if (message.says("FIX_WHERE")) {
            return change(scene, "edit-where");
        }
        if (message.says("FIX_SINCE")) {
            return change(scene, "edit-since");
        }
        if (message.says("FIX_WHAT")) {
            return change(scene, "edit-what");
        }
        if (message.isNo() || message.isYes()) {
            return next(scene, Where.NOWHERE);
        }
        return false;
    }

    private boolean answeredGoOn(Scene scene, Draft before, Draft taken, Message message) {
        if (message.isYes() || message.says("CALLED") || !taken.equals(before) || message.wants(Intent.RESUME)) {
            return next(scene, message.where());
        }
        return message.isNo() && dropped(scene);
    }

    private boolean waitForSignIn(Scene scene) {
        return scene.who.signedIn() && file(scene);
    }

    private static boolean takesElsewhere(Message message) {
        return message.intent() != Intent.REPORT && message.confidence() >= Message.LIKELY;
    }

    private boolean change(Scene scene, String what) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        switch (what) {
            case "edit-phone" -> {
                scene.draft(draft.calling(null));
                scene.ask(Ask.PHONE, "report.phone-new");
            }
            case "edit-where" -> {
                scene.draft(draft.at(null, null).at((Heard.Point) null));
                scene.ask(Ask.WHERE, "report.where-new");
            }
            case "edit-since" -> {
                scene.draft(draft.since(null));
                scene.ask(Ask.SINCE, "report.since-new");
            }
            case "edit-what" -> {
                scene.draft(draft.told(List.of(), null, false));
                scene.ask(Ask.WHAT_TO_CHANGE, "report.what-new");
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Asks for the first thing still missing; when nothing is, sums up. */
    boolean next(Scene scene, Where said) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        boolean several = said.candidates().size() > 1 && draft.placeCode() == null && draft.point() == null;
        if (several) {
            scene.ask(Ask.WHICH_PLACE, scene.reply("report.which-place", places(said.candidates()), null));
            return true;
        }
        ask(scene, draft);
        return true;
    }

    static List<Reply.Choice> places(List<Outcome.Ground> grounds) {
        return grounds.stream()
                .limit(3)
                .map(ground -> new Reply.Choice("place:" + ground.code(), ground.name()))
                .toList();
    }

    private void ask(Scene scene, @Nullable Draft draft) {
        if (draft == null) {
            return;
        }
        boolean urgent = Boolean.TRUE.equals(draft.danger());
        if (draft.what().isEmpty()) {
            scene.ask(Ask.WHAT, "report.what-more");
        } else if (!facts.leads(draft) && draft.askedTwice() != Ask.WHERE) {
            String where = draft.where();
            if (where == null && scene.who.homeName() != null) {
                scene.ask(
                        Ask.WHERE,
                        scene.reply(
                                "report.where-home", List.of(new Reply.Choice("home", scene.who.homeName())), null));
            } else if (where == null) {
                scene.ask(Ask.WHERE, "report.where");
            } else {
                scene.ask(Ask.WHERE, "report.where-more", "where", where);
            }
        } else if (draft.since() == null && !urgentNow(draft)) {
            scene.ask(Ask.SINCE, "report.since");
        } else if (draft.danger() == null && draft.hazard()) {
            scene.ask(Ask.DANGER, "report.danger");
        } else if (draft.phone() == null && !scene.who.signedIn()) {
            scene.ask(Ask.PHONE, scene.minor ? "report.phone-minor" : "report.phone");
        } else {
            summary.say(scene, draft, urgent);
        }
    }

    /** What is told as an emergency is filed without asking since when. */
    private static boolean urgentNow(Draft draft) {
        return draft.askedTwice() == Ask.GO_ON;
    }

    boolean file(Scene scene) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        scene.asked = Ask.CONFIRM;
        scene.wish(new Wish.FileCase(draft.key(), summary.filing(scene, draft)));
        return true;
    }

    private boolean dropped(Scene scene) {
        if (!scene.drafts.isEmpty()) {
            scene.drafts.remove(0);
        }
        scene.asked = null;
        if (scene.drafts.isEmpty()) {
            scene.topic = Topic.NONE;
            scene.say("report.dropped");
        } else {
            scene.lead("report.dropped-next", "what", brief(scene.drafts.get(0)));
            next(scene, Where.NOWHERE);
        }
        return true;
    }

    @Override
    public boolean tap(Scene scene, String id) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        switch (id) {
            case "file", "retry" -> file(scene);
            case "sign-in" -> {
                if (!waitForSignIn(scene)) {
                    scene.ask(Ask.SIGN_IN, "report.sign-in-wait");
                }
            }
            case "edit" -> scene.ask(Ask.WHAT_TO_CHANGE, "report.change");
            case "drop" -> dropped(scene);
            case "go-on" -> next(scene, Where.NOWHERE);
            case "home" -> {
                scene.draft(draft.at(scene.who.homeName(), scene.who.homeCode()));
                next(scene, Where.NOWHERE);
            }
            case "no-phone" -> {
                scene.draft(draft.calling(""));
                scene.lead("report.no-phone");
                next(scene, Where.NOWHERE);
            }
            case "danger" -> {
                scene.draft(draft.danger(true));
                next(scene, Where.NOWHERE);
            }
            case "no-danger" -> {
                scene.draft(draft.danger(false));
                next(scene, Where.NOWHERE);
            }
            default -> {
                if (id.startsWith("place:")) {
                    String code = id.substring(6);
                    String name = reader.addresses().fullName(code);
                    String where = draft.where();
                    scene.draft(draft.at(
                            where == null || name.endsWith(where) ? name : Addresses.joined(name, where), code));
                    return next(scene, Where.NOWHERE);
                }
                return change(scene, id);
            }
        }
        return true;
    }

    /** A place on the map: the service names it. */
    void point(Scene scene, Heard.Point point) {
        Draft draft = scene.draft();
        if (draft == null) {
            draft = Draft.empty(scene.newKey());
            scene.drafts.add(0, draft);
        }
        scene.draft(draft.at(point));
        scene.wish(new Wish.FindGround(draft.where(), point));
    }

    void media(Scene scene, List<String> ids) {
        Draft draft = scene.draft();
        if (draft == null) {
            draft = Draft.empty(scene.newKey());
            scene.drafts.add(0, draft);
        }
        Draft showing = draft.showing(ids);
        scene.draft(showing);
        scene.lead("report.photos", "count", showing.media().size());
        if (showing.what().isEmpty()) {
            scene.ask(Ask.WHAT, "report.what-photo");
        } else {
            next(scene, Where.NOWHERE);
        }
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        Draft draft = scene.draft();
        if (draft == null) {
            return false;
        }
        if (outcome instanceof Outcome.Filed filed) {
            filed(scene, draft, filed.facts());
            return true;
        }
        if (outcome instanceof Outcome.GroundFound ground) {
            return ground(scene, draft, ground);
        }
        return outcome instanceof Outcome.Refused refused && refused(scene, draft, refused);
    }

    private void filed(Scene scene, Draft draft, Outcome.CaseFacts facts) {
        scene.drafts.remove(0);
        scene.filed = new Talk.Filed(facts.number(), Scene.cut(draft.words(), Talk.MOST_OF_A_LINE), scene.now);
        scene.matter = Talk.Matter.of(facts.number());
        scene.asked = null;
        var choices = new ArrayList<Reply.Choice>();
        if (draft.category() != null && cues.in("LAWFUL", draft.category())) {
            choices.add(scene.choice("law"));
        }
        scene.offered = List.of();
        scene.say(scene.reply(
                facts.due() == null ? "report.filed" : "report.filed-due",
                scene.drafts.isEmpty() ? choices : List.of(),
                CaseCards.of(facts),
                "number",
                Digits.inFours(facts.number()),
                "due",
                facts.due() == null ? "" : Wording.time(facts.due(), scene.now)));
        if (scene.drafts.isEmpty()) {
            scene.topic = Topic.NONE;
        } else {
            scene.lead("report.second", "what", brief(scene.drafts.get(0)));
            next(scene, Where.NOWHERE);
        }
    }

    private boolean ground(Scene scene, Draft draft, Outcome.GroundFound ground) {
        String name = ground.name();
        if (name == null) {
            scene.draft(draft.at((Heard.Point) null));
            scene.ask(Ask.WHERE, "report.point-outside");
            return true;
        }
        String where = draft.where();
        String code = ground.grid() == null ? draft.placeCode() : ground.grid().substring(0, 12);
        scene.draft(draft.at(where == null ? name : where, code));
        if (draft.what().isEmpty()) {
            scene.ask(Ask.WHAT, "report.what-here", "where", name);
        } else {
            scene.lead("report.here", "where", name);
            next(scene, Where.NOWHERE);
        }
        return true;
    }

    private boolean refused(Scene scene, Draft draft, Outcome.Refused refused) {
        boolean wasPoint = scene.asked != Ask.CONFIRM;
        if (wasPoint) {
            next(scene, Where.NOWHERE);
            return true;
        }
        switch (refused.why()) {
            case SIGN_IN -> scene.ask(Ask.SIGN_IN, "report.sign-in");
            case PLACE -> {
                scene.draft(draft.at(null, null).at((Heard.Point) null));
                scene.ask(Ask.WHERE, "report.place-refused", "why", said(refused));
            }
            case BUSY -> scene.ask(Ask.CONFIRM, "report.busy");
            case BROKEN -> scene.ask(Ask.CONFIRM, "report.broken");
            default -> scene.ask(Ask.CONFIRM, "report.refused", "why", said(refused));
        }
        return true;
    }

    static String said(Outcome.Refused refused) {
        return refused.words() == null ? "" : Wording.sentence(refused.words());
    }

    @Override
    public void resume(Scene scene) {
        Draft draft = scene.draft();
        if (draft == null) {
            scene.topic = Topic.NONE;
        } else if (!draft.what().isEmpty()) {
            scene.lead("report.back", "what", brief(draft));
            next(scene, Where.NOWHERE);
        } else {
            next(scene, Where.NOWHERE);
        }
    }
}
