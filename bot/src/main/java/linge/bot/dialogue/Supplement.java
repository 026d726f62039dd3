package linge.bot.dialogue;

import java.util.List;
import java.util.regex.Pattern;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Matter;
import linge.bot.text.Resources;

/** Adds words or photos to a filed case. */
final class Supplement extends OfACase {
    private static final Pattern OPENING = Pattern.compile(
            "^(?:" + String.join("|", Resources.lines(Supplement.class, "supplement-openings.txt")) + ")+[，,。:：、\\s]*");
    private static final int SHORTEST = 4;

    @Override
    public void begin(Scene scene, Message message) {
        String words = OPENING.matcher(Wording.problem(message.told())).replaceFirst("");
        scene.matter = matter(scene).saying(words.length() >= SHORTEST ? Scene.cut(words, 500) : null);
        find(scene, message);
    }

    @Override
    boolean suits(Outcome.CaseFacts facts) {
        return facts.open();
    }

    @Override
    String none() {
        return "supplement.none";
    }

    @Override
    void act(Scene scene, String number) {
        Matter matter = matter(scene);
        if (matter.words() == null && matter.media().isEmpty()) {
            scene.ask(Ask.WORDS, "supplement.words");
        } else {
            scene.asked = Ask.WHICH_CASE;
            scene.wish(new Wish.Supplement(
                    number, matter.words() == null ? scene.text("supplement.photos") : matter.words(), matter.media()));
        }
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        String number = matter(scene).number();
        if (scene.asked == Ask.WORDS && number != null) {
            if (message.isNo() || message.wants(Intent.CANCEL)) {
                scene.done();
                scene.say("case.left");
            } else {
                scene.matter = matter(scene).saying(Scene.cut(message.told(), 500));
                act(scene, number);
            }
            return true;
        }
        return super.answer(scene, message);
    }

    void media(Scene scene, List<String> ids) {
        scene.matter = matter(scene).showing(ids.subList(0, Math.min(Draft.MOST_MEDIA, ids.size())));
        String number = matter(scene).number();
        if (number == null) {
            search(scene);
        } else {
            act(scene, number);
        }
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.CaseFound found) {
            scene.matter = Matter.of(found.facts().number());
            scene.done();
            scene.say(scene.reply(
                    "supplement.done",
                    List.of(),
                    CaseCards.of(found.facts()),
                    "what",
                    Wording.brief(found.facts().text())));
            return true;
        }
        return super.came(scene, outcome);
    }
}
