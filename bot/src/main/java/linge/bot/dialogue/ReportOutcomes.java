package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.text.Digits;

/** What came of a report's wishes: it is filed, its place is named, or it was refused. */
final class ReportOutcomes {
    private final ReportSteps steps;
    private final Cues cues = Cues.shipped();

    ReportOutcomes(ReportSteps steps) {
        this.steps = steps;
    }

    void filed(Scene scene, Draft draft, Outcome.CaseFacts facts) {
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
            scene.lead("report.second", "what", ReportProblem.brief(scene.drafts.get(0)));
            steps.next(scene, Where.NOWHERE);
        }
    }

    boolean ground(Scene scene, Draft draft, Outcome.GroundFound ground) {
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
            steps.next(scene, Where.NOWHERE);
        }
        return true;
    }

    boolean refused(Scene scene, Draft draft, Outcome.Refused refused) {
        boolean wasPoint = scene.asked != Ask.CONFIRM;
        if (wasPoint) {
            steps.next(scene, Where.NOWHERE);
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
}
