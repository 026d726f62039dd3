package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import linge.bot.dialogue.Talk.Ask;

/** Tells how a case stands. */
final class AskProgress extends OfACase {
    @Override
    public void begin(Scene scene, Message message) {
        boolean another = scene.matter != null && message.tellsProblem();
        if (another) {
            scene.matter = null;
        }
        remember(scene, message);
        find(scene, message);
    }

    @Override
    boolean suits(Outcome.CaseFacts facts) {
        return true;
    }

    @Override
    String none() {
        return "case.none-at-all";
    }

    @Override
    void act(Scene scene, String number) {
        scene.asked = Ask.WHICH_CASE;
        scene.wish(new Wish.ShowCase(number));
    }

    @Override
    void act(Scene scene, Outcome.CaseFacts facts) {
        tell(scene, facts);
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.CaseFound found) {
            tell(scene, found.facts());
            return true;
        }
        return super.came(scene, outcome);
    }

    private static void tell(Scene scene, Outcome.CaseFacts facts) {
        scene.matter = matter(scene).numbered(facts.number());
        scene.done();
        var choices = new ArrayList<Reply.Choice>();
        if (facts.open()) {
            choices.addAll(List.of(scene.choice("urge"), scene.choice("supplement")));
        } else if (facts.state().equals("REPORTED")) {
            choices.addAll(List.of(scene.choice("rate"), scene.choice("reopen")));
        }
        if (facts.overdue()) {
            scene.lead("progress.overdue");
        }
        String words = facts.answer() == null ? facts.lastWords() : facts.answer();
        scene.say(scene.reply(
                "progress." + facts.state().toLowerCase(Locale.ROOT),
                choices,
                CaseCards.of(facts),
                "what",
                Wording.brief(facts.text()),
                "holder",
                facts.holder() == null ? scene.text("progress.somebody") : facts.holder(),
                "due",
                facts.due() == null
                        ? ""
                        : scene.text(
                                facts.state().equals("SUBMITTED") ? "progress.due-accept" : "progress.due",
                                "due",
                                Wording.time(facts.due(), scene.now)),
                "answer",
                words == null ? "" : Wording.sentence(words)));
    }
}
