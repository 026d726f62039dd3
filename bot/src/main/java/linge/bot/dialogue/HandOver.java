package linge.bot.dialogue;

import linge.bot.dialogue.Talk.Topic;

/** Lets a person go on. */
final class HandOver implements Chapter {
    @Override
    public void begin(Scene scene, Message message) {
        to(scene, "ASKED");
    }

    /** @param reason as {@link Wish.HandOver} has it */
    void to(Scene scene, String reason) {
        scene.turnTo(Topic.PERSON);
        scene.wish(new Wish.HandOver(reason, scene.summary()));
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.HandedOver handed) {
            scene.done();
            scene.unsure = 0;
            scene.rest();
            scene.say(
                    handed.waiting() ? "person.coming" : "person.away",
                    "office",
                    handed.office() == null ? scene.text("person.office") : handed.office(),
                    "phone",
                    handed.phone() == null ? "" : scene.text("person.phone", "phone", handed.phone()),
                    "hours",
                    handed.hours() == null ? "" : scene.text("person.hours", "hours", handed.hours()));
            return true;
        }
        if (outcome instanceof Outcome.Refused) {
            scene.done();
            scene.say("person.broken");
            return true;
        }
        return false;
    }
}
