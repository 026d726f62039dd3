package linge.bot.dialogue;

/** Hellos, thanks, goodbyes, and what the bot is not for. Never changes the topic. */
final class SmallTalk {
    private SmallTalk() {}

    static void greet(Scene scene) {
        boolean unfinished = scene.asked != null;
        if (unfinished) {
            scene.lead("small.hello-again");
        } else if (scene.who.name() != null) {
            scene.say("small.hello-name", "name", scene.who.name());
        } else {
            scene.say("small.hello");
        }
    }

    static boolean answer(Scene scene, Message message) {
        switch (message.intent()) {
            case THANKS -> {
                if (scene.asked == null) {
                    scene.say("small.thanks");
                } else {
                    scene.lead("small.thanks-lead");
                }
            }
            case BYE -> scene.say(scene.asked == null ? "small.bye" : "small.bye-kept");
            case ABOUT -> scene.say("small.about");
            case CHAT ->
                scene.say(
                        message.says("MEDICINE")
                                ? "small.medicine"
                                : message.says("POLITICS") ? "small.politics" : "small.chat");
            default -> {
                return false;
            }
        }
        return true;
    }
}
