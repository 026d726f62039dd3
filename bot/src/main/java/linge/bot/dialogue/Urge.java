package linge.bot.dialogue;

/** Gives the office that has a case a nudge. */
final class Urge extends OfACase {
    @Override
    public void begin(Scene scene, Message message) {
        remember(scene, message);
        find(scene, message);
    }

    @Override
    boolean suits(Outcome.CaseFacts facts) {
        return facts.open();
    }

    @Override
    String none() {
        return "urge.none";
    }

    @Override
    void act(Scene scene, String number) {
        scene.asked = Talk.Ask.WHICH_CASE;
        scene.wish(new Wish.Urge(number));
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.CaseFound found) {
            Outcome.CaseFacts facts = found.facts();
            scene.done();
            scene.say(scene.reply(
                    "urge.done",
                    java.util.List.of(),
                    CaseCards.of(facts),
                    "what",
                    Wording.brief(facts.text()),
                    "holder",
                    facts.holder() == null ? scene.text("progress.somebody") : facts.holder()));
            return true;
        }
        return super.came(scene, outcome);
    }
}
