package linge.bot.dialogue;

import linge.bot.dialogue.Talk.Ask;
import linge.bot.text.Digits;

/** Takes a case back, after asking once whether that is meant. */
final class Withdraw extends OfACase {
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
        return "withdraw.none";
    }

    @Override
    void act(Scene scene, String number) {
        scene.ask(Ask.SURE, "withdraw.sure", "number", Digits.inFours(number));
    }

    @Override
    void act(Scene scene, Outcome.CaseFacts facts) {
        scene.ask(
                Ask.SURE,
                "withdraw.sure-what",
                "what",
                Wording.brief(facts.text()),
                "number",
                Digits.inFours(facts.number()));
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        if (scene.asked == Ask.SURE) {
            if (message.isYes() || message.wants(Intent.WITHDRAW)) {
                return tap(scene, "withdraw-yes");
            }
            return (message.isNo() || message.wants(Intent.CANCEL)) && tap(scene, "withdraw-no");
        }
        return super.answer(scene, message);
    }

    @Override
    public boolean tap(Scene scene, String id) {
        String number = matter(scene).number();
        if (id.equals("withdraw-yes") && number != null) {
            scene.wish(new Wish.Withdraw(number, null));
            return true;
        }
        if (id.equals("withdraw-no")) {
            scene.done();
            scene.say("withdraw.kept");
            return true;
        }
        return super.tap(scene, id);
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.CaseFound found) {
            scene.done();
            scene.filed = null;
            scene.say(scene.reply(
                    "withdraw.done",
                    java.util.List.of(),
                    CaseCards.of(found.facts()),
                    "what",
                    Wording.brief(found.facts().text())));
            return true;
        }
        return super.came(scene, outcome);
    }
}
