package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Matter;
import org.jspecify.annotations.Nullable;

/** What all topics about a filed case share: to find out which case is meant. */
abstract class OfACase implements Chapter {
    private static final int MOST_SHOWN = 3;

    /** Which of the resident's cases this can be about. */
    abstract boolean suits(Outcome.CaseFacts facts);

    /** Goes on once the number is known. */
    abstract void act(Scene scene, String number);

    /** Reply when none of the resident's cases suits. */
    abstract String none();

    /** Goes on with a case just looked at. */
    void act(Scene scene, Outcome.CaseFacts facts) {
        act(scene, facts.number());
    }

    /** A case the talk is about already may be meant without being named. */
    void find(Scene scene, Message message) {
        String number = message.digits().caseNumber();
        Matter before = scene.matter;
        if (number == null && before != null && before.number() != null && !message.says("OTHER_CASE")) {
            number = before.number();
        }
        if (number != null) {
            scene.matter = matter(scene).numbered(number);
            act(scene, number);
        } else if (message.digits().wrongCaseNumber()) {
            scene.ask(Ask.NUMBER, "case.number-wrong");
        } else {
            search(scene);
        }
    }

    /** Looks among the resident's own cases, or asks for the number. */
    void search(Scene scene) {
        if (scene.who.signedIn()) {
            scene.asked = Ask.WHICH_CASE;
            scene.wish(new Wish.ListCases());
        } else {
            scene.ask(Ask.NUMBER, "case.number");
        }
    }

    static Matter matter(Scene scene) {
        Matter matter = scene.matter;
        return matter == null ? Matter.UNKNOWN : matter;
    }

    /** What was said of the case, to find it among several. */
    static void remember(Scene scene, Message message) {
        scene.matter = (scene.matter == null ? Matter.UNKNOWN : scene.matter)
                .saying(Scene.cut(message.plain(), Talk.MOST_OF_A_LINE));
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        if (scene.asked != Ask.NUMBER && scene.asked != Ask.WHICH_CASE && scene.asked != Ask.SIGN_IN) {
            return false;
        }
        String number = message.digits().caseNumber();
        if (number != null) {
            scene.matter = matter(scene).numbered(number);
            act(scene, number);
            return true;
        }
        long digits = message.text().chars().filter(Character::isDigit).count();
        if (message.digits().wrongCaseNumber() || (scene.asked == Ask.NUMBER && digits >= 8)) {
            scene.ask(Ask.NUMBER, "case.number-wrong");
            return true;
        }
        if (scene.asked == Ask.SIGN_IN && scene.who.signedIn()) {
            search(scene);
            return true;
        }
        if (message.isNo() || message.wants(Intent.CANCEL)) {
            scene.done();
            scene.say("case.left");
            return true;
        }
        if (scene.asked == Ask.NUMBER && (message.isDontKnow() || message.isAny())) {
            scene.ask(Ask.SIGN_IN, "case.number-unknown");
            return true;
        }
        return false;
    }

    @Override
    public boolean tap(Scene scene, String id) {
        if (id.startsWith("case:")) {
            String number = id.substring(5);
            scene.matter = matter(scene).numbered(number);
            act(scene, number);
            return true;
        }
        if (id.equals("sign-in")) {
            if (scene.who.signedIn()) {
                search(scene);
            } else {
                scene.ask(Ask.SIGN_IN, "case.sign-in-wait");
            }
            return true;
        }
        return false;
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.CasesFound found) {
            choose(scene, found.cases());
            return true;
        }
        if (outcome instanceof Outcome.Refused refused) {
            refused(scene, refused);
            return true;
        }
        return false;
    }

    private void choose(Scene scene, List<Outcome.CaseFacts> cases) {
        List<Outcome.CaseFacts> fitting = cases.stream().filter(this::suits).toList();
        if (fitting.isEmpty()) {
            scene.done();
            scene.say(cases.isEmpty() ? "case.none-at-all" : none());
            return;
        }
        Outcome.CaseFacts named = named(fitting, matter(scene).words());
        if (fitting.size() == 1 || named != null) {
            Outcome.CaseFacts one = named == null ? fitting.get(0) : named;
            scene.matter = matter(scene).numbered(one.number());
            act(scene, one);
            return;
        }
        var choices = new ArrayList<Reply.Choice>();
        for (Outcome.CaseFacts facts : fitting.subList(0, Math.min(MOST_SHOWN, fitting.size()))) {
            choices.add(new Reply.Choice(
                    "case:" + facts.number(),
                    scene.text(
                            "choice.case",
                            "day",
                            Wording.day(facts.filedAt()),
                            "what",
                            Wording.brief(facts.text()),
                            "state",
                            facts.stateName())));
        }
        scene.ask(
                Ask.WHICH_CASE,
                scene.reply(fitting.size() > MOST_SHOWN ? "case.which-many" : "case.which", choices, null));
    }

    /** The one case whose words the resident used; null when none or several share them. */
    private static Outcome.@Nullable CaseFacts named(List<Outcome.CaseFacts> cases, @Nullable String words) {
        if (words == null) {
            return null;
        }
        Outcome.CaseFacts best = null;
        int most = 0;
        boolean tie = false;
        for (Outcome.CaseFacts facts : cases) {
            int shared = 0;
            for (int i = 0; i + 1 < words.length(); i++) {
                shared += facts.text().contains(words.substring(i, i + 2)) ? 1 : 0;
            }
            tie = shared == most ? tie || shared > 0 : shared < most && tie;
            if (shared > most) {
                most = shared;
                best = facts;
            }
        }
        return tie ? null : best;
    }

    void refused(Scene scene, Outcome.Refused refused) {
        switch (refused.why()) {
            case SIGN_IN -> scene.ask(Ask.SIGN_IN, "case.sign-in");
            case NOT_FOUND, NOT_ALLOWED -> {
                scene.matter = matter(scene).numbered(null);
                scene.ask(Ask.NUMBER, "case.not-found");
            }
            case BROKEN, BUSY -> {
                scene.done();
                scene.say("case.broken");
            }
            default -> {
                scene.done();
                scene.say("case.refused", "why", ReportOutcomes.said(refused));
            }
        }
    }

    @Override
    public void resume(Scene scene) {
        if (matter(scene).number() == null) {
            search(scene);
        } else {
            act(scene, String.valueOf(matter(scene).number()));
        }
    }
}
