package linge.bot.dialogue;

import java.util.List;
import java.util.Set;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import org.jspecify.annotations.Nullable;

/** The steps of a report: which question comes next, what is asked anew, filing and giving up. */
final class ReportSteps {
    /** What everybody lives in: not worth repeating to ask which. */
    private static final Set<String> SAYS_NOTHING = Set.of("小区", "社区", "村", "村里", "村子", "家", "我家", "家里");

    private final Facts facts;
    private final Summary summary = new Summary();

    ReportSteps(Facts facts) {
        this.facts = facts;
    }

    boolean change(Scene scene, String what) {
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

    void ask(Scene scene, @Nullable Draft draft) {
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
            } else if (where == null || SAYS_NOTHING.contains(where)) {
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

    boolean dropped(Scene scene) {
        if (!scene.drafts.isEmpty()) {
            scene.drafts.remove(0);
        }
        scene.asked = null;
        if (scene.drafts.isEmpty()) {
            scene.topic = Topic.NONE;
            scene.say("report.dropped");
        } else {
            scene.lead("report.dropped-next", "what", ReportProblem.brief(scene.drafts.get(0)));
            next(scene, Where.NOWHERE);
        }
        return true;
    }
}
