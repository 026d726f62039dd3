package linge.bot.place;

import java.util.List;

/** A stretch of text that names something, and what it may name. */
record Mention(int start, int end, String surface, List<Sense> senses) {

    /** How a surface names its place, surest first. */
    enum Form {
        /** The place's own name. */
        NAME,
        /** A former or other name that only this place has had. */
        ALIAS,
        /** The right stem with another generic word: 东关村 for 东关社区. */
        VARIANT,
        /** The stem alone: 东关. */
        SHORT,
        /** Another spelling that sounds or looks alike: 胡关县 for 壶关县. */
        SOUND,
        /** A place outside the city. */
        ELSEWHERE
    }

    record Sense(String code, Form form) {}

    int length() {
        return end - start;
    }

    boolean isSound() {
        return senses.get(0).form() == Form.SOUND;
    }

    boolean isElsewhere() {
        return senses.stream().allMatch(sense -> sense.form() == Form.ELSEWHERE);
    }
}
