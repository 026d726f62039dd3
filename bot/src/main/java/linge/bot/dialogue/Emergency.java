package linge.bot.dialogue;

import java.util.List;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import linge.bot.triage.Category;
import linge.bot.triage.Urgency;
import org.jspecify.annotations.Nullable;

/** Runs before everything: tells the number to call at once, and only then offers to take the matter down. */
final class Emergency {
    private final Facts facts;
    private final Hotlines hotlines;

    Emergency(Facts facts, Hotlines hotlines) {
        this.facts = facts;
        this.hotlines = hotlines;
    }

    /** @return false when nobody is in danger */
    boolean answer(Scene scene, Message message) {
        boolean emergency = message.triaged().urgency() == Urgency.EMERGENCY;
        if (message.says("SELF") && (emergency || message.says("DOWN"))) {
            scene.turnTo(Topic.NONE);
            scene.say(scene.reply("emergency.life", List.of(), hotlines.card("120", "110", "12356")));
            scene.wish(new Wish.HandOver("CRISIS", scene.summary()));
            return true;
        }
        if (emergency) {
            tell(scene, message, message.triaged().hotline());
            return true;
        }
        if (message.says("HEART") || (message.says("DOWN") && !isAboutAThing(message))) {
            scene.say(scene.reply("emergency.heart", List.of(), hotlines.card("12356")));
            return true;
        }
        if (message.says("CHEATED") && scene.draft() == null) {
            // Money can be stopped for minutes, and nobody here can: the call comes first, then the report.
            scene.lead("emergency.cheated");
        }
        return false;
    }

    /** 楼上吵得我快崩溃了 is about noise; the heart is asked about where nothing else is told. */
    private static boolean isAboutAThing(Message message) {
        Category category = message.triaged().category();
        return category != null
                && message.tellsProblem()
                && message.triaged().confidence() >= 0.6
                && !category.code().startsWith("HEALTH.")
                && !category.code().equals("DISPUTE.FAMILY");
    }

    private void tell(Scene scene, Message message, @Nullable String number) {
        String call = number == null ? "110" : number;
        boolean gas = call.equals("119") && message.says("GAS");
        boolean home = call.equals("110") && message.says("AT_HOME");
        boolean water = call.equals("119") && message.says("WATER");
        String police = !call.equals("110")
                ? null
                : home
                        ? "home"
                        : message.says("MISSING")
                                ? "missing"
                                : message.says("FRAUD") ? "fraud" : message.says("JUMP") ? "jump" : null;
        String name = "emergency." + (gas ? "gas" : water ? "water" : police != null ? police : call);
        String[] numbers = home
                ? new String[] {"110", "12338"}
                : name.endsWith("fraud") ? new String[] {"110", "96110"} : new String[] {call};
        scene.say(scene.reply(name, List.of(), hotlines.card(numbers)));
        Draft open = scene.draft();
        boolean going = open != null && (scene.asked == Ask.GO_ON || open.askedTwice() == Ask.GO_ON);
        // A bare cry for help in the middle of a report belongs to it.
        boolean cry = scene.topic == Topic.REPORT && message.plain().length() <= 4;
        boolean same = open != null && (going || cry) && !open.what().isEmpty();
        if (scene.topic != Topic.REPORT) {
            scene.turnTo(Topic.REPORT);
        }
        if (same && open != null) {
            Draft more = facts.take(open, message, Ask.GO_ON);
            scene.draft(cry ? more.danger(true).askedAgain(Ask.GO_ON) : more);
        } else if (open != null && open.what().isEmpty()) {
            scene.draft(urgent(scene, message));
        } else {
            scene.drafts.add(0, urgent(scene, message));
        }
        scene.ask(Ask.GO_ON, "emergency.offer");
    }

    private Draft urgent(Scene scene, Message message) {
        return facts.take(Draft.empty(scene.newKey()), message, Ask.WHAT)
                .danger(true)
                .askedAgain(Ask.GO_ON);
    }
}
