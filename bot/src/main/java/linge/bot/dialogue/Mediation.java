package linge.bot.dialogue;

import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import org.jspecify.annotations.Nullable;

/** Explains people's mediation and takes the dispute down for the committee. */
final class Mediation implements Chapter {
    private final ReportProblem report;
    private final Facts facts;

    Mediation(ReportProblem report, Facts facts) {
        this.report = report;
        this.facts = facts;
    }

    @Override
    public void begin(Scene scene, Message message) {
        if ((message.tellsProblem() || message.says("PARTY")) && message.plain().length() >= 10) {
            Draft draft =
                    facts.take(Draft.empty(scene.newKey()), message, Ask.WHAT).mediated();
            scene.drafts.add(0, draft);
            scene.lead("mediation.noted");
            scene.topic = Topic.REPORT;
            report.steps().next(scene, message.where());
        } else if (scene.draft() != null && !scene.drafts.get(0).what().isEmpty()) {
            scene.draft(scene.drafts.get(0).mediated());
            scene.paused.remove(Topic.REPORT);
            scene.topic = Topic.REPORT;
            scene.lead("mediation.noted");
            report.steps().next(scene, Where.NOWHERE);
        } else {
            scene.ask(Ask.MEDIATE, "mediation");
        }
    }

    /** Offered under a question or a filed case: the words are known. */
    void about(Scene scene, @Nullable String words) {
        if (words == null) {
            scene.ask(Ask.MEDIATE, "mediation");
        } else {
            scene.drafts.add(0, facts.judged(Draft.empty(scene.newKey()).mediated(), java.util.List.of(words)));
            scene.topic = Topic.REPORT;
            scene.lead("mediation.noted");
            report.steps().next(scene, Where.NOWHERE);
        }
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        if (scene.asked != Ask.MEDIATE) {
            return false;
        }
        if (message.isNo() || message.wants(Intent.CANCEL)) {
            scene.done();
            scene.say("mediation.left");
            return true;
        }
        if (message.isYes() || message.isAny()) {
            scene.ask(Ask.MEDIATE, "mediation.what");
            return true;
        }
        if (message.says("QUESTION") && !message.tellsProblem()) {
            return false;
        }
        Draft draft = facts.take(Draft.empty(scene.newKey()), message, Ask.WHAT).mediated();
        scene.drafts.add(0, draft);
        scene.topic = Topic.REPORT;
        report.steps().next(scene, message.where());
        return true;
    }

    @Override
    public void resume(Scene scene) {
        scene.ask(Ask.MEDIATE, "mediation.what");
    }
}
