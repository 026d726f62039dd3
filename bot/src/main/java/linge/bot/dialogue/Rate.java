package linge.bot.dialogue;

import java.util.List;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Matter;

/** Hears what a resident thinks of the result; who is not content may have the case opened again. */
final class Rate extends OfACase {
    /** At or below, the bot asks what was wrong. */
    private static final int NOT_CONTENT = 2;
    /** So many characters say not only that it was bad but also what. */
    private static final int TELLS_WHY = 10;

    @Override
    public void begin(Scene scene, Message message) {
        int score = score(message);
        scene.matter = matter(scene).scored(score).saying(Scene.cut(message.plain(), Talk.MOST_OF_A_LINE));
        find(scene, message);
    }

    /** Asked for straight from a case that was reported back. */
    void reopen(Scene scene) {
        scene.matter = matter(scene).scored(0).saying(null);
        scene.ask(Ask.WHY, "rate.why-reopen");
    }

    static int score(Message message) {
        for (int score : new int[] {2, 1}) {
            if (message.says("SATISFIED_" + score)) {
                return score == 2 && message.says("SATISFIED_1") ? 1 : score;
            }
        }
        for (int score : new int[] {5, 3, 4}) {
            if (message.says("SATISFIED_" + score)) {
                return score;
            }
        }
        String plain = message.plain();
        return plain.matches("[1-5]") ? plain.charAt(0) - '0' : 0;
    }

    @Override
    boolean suits(Outcome.CaseFacts facts) {
        return facts.state().equals("REPORTED");
    }

    @Override
    String none() {
        return "rate.none";
    }

    @Override
    void act(Scene scene, String number) {
        int score = matter(scene).score();
        if (score == 0) {
            scene.ask(Ask.SCORE, "rate.score");
        } else {
            scored(scene, number, score);
        }
    }

    private static void scored(Scene scene, String number, int score) {
        scene.matter = matter(scene).scored(score);
        String said = matter(scene).words();
        if (score <= NOT_CONTENT && said != null && said.length() >= TELLS_WHY) {
            scene.ask(Ask.SURE, "rate.reopen-sure");
        } else if (score <= NOT_CONTENT) {
            scene.ask(Ask.WHY, "rate.why");
        } else {
            scene.asked = Ask.SCORE;
            scene.wish(new Wish.Rate(number, score, null));
        }
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        Matter matter = matter(scene);
        String number = matter.number();
        if (scene.asked == Ask.SCORE && number != null) {
            if (message.says("REDO")) {
                reopen(scene);
                return true;
            }
            int score = score(message);
            if (score > 0) {
                scored(scene, number, score);
                return true;
            }
            if (message.isNo() || message.isAny() || message.wants(Intent.CANCEL)) {
                scene.done();
                scene.say("rate.later");
                return true;
            }
            return false;
        }
        if (scene.asked == Ask.WHY && number != null) {
            if (message.isNo() || message.isDontKnow() || message.isAny()) {
                scene.matter = matter.saying(null);
                return tap(scene, matter.score() == 0 ? "leave" : "rate-only");
            }
            scene.matter = matter.saying(Scene.cut(message.told(), Talk.MOST_OF_A_LINE));
            scene.ask(Ask.SURE, "rate.reopen-sure");
            return true;
        }
        if (scene.asked == Ask.SURE && number != null) {
            if (message.isYes() || message.says("REDO")) {
                return tap(scene, "reopen-yes");
            }
            return (message.isNo() || message.isAny()) && tap(scene, matter.score() == 0 ? "leave" : "rate-only");
        }
        return super.answer(scene, message);
    }

    @Override
    public boolean tap(Scene scene, String id) {
        Matter matter = matter(scene);
        String number = matter.number();
        if (number == null) {
            return super.tap(scene, id);
        }
        if (id.matches("score:[1-5]")) {
            scored(scene, number, id.charAt(6) - '0');
            return true;
        }
        switch (id) {
            case "reopen-yes" ->
                scene.wish(
                        new Wish.Reopen(number, matter.words() == null ? scene.text("rate.no-words") : matter.words()));
            case "rate-only" -> scene.wish(new Wish.Rate(number, Math.max(1, matter.score()), matter.words()));
            case "leave" -> {
                scene.done();
                scene.say("rate.later");
            }
            default -> {
                return super.tap(scene, id);
            }
        }
        return true;
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.CaseFound found) {
            boolean opened = found.facts().open();
            scene.matter = Matter.of(found.facts().number());
            scene.done();
            scene.say(scene.reply(opened ? "rate.reopened" : "rate.done", List.of(), CaseCards.of(found.facts())));
            return true;
        }
        return super.came(scene, outcome);
    }
}
