package linge.bot.dialogue;

/** One thing a conversation can be about: how it begins, hears answers, and is taken up again. Stateless. */
interface Chapter {
    /** The resident wants this. The scene has turned to the topic already. */
    void begin(Scene scene, Message message);

    /**
     * An answer to the open question, or whatever else was said meanwhile.
     *
     * @return false when the words have nothing to do with it
     */
    default boolean answer(Scene scene, Message message) {
        return false;
    }

    /** A choice of this topic's was tapped. */
    default boolean tap(Scene scene, String id) {
        return false;
    }

    /** What came of a wish of this topic's. */
    default boolean came(Scene scene, Outcome outcome) {
        return false;
    }

    /** Asks the open question once more, after something else was talked about. */
    default void resume(Scene scene) {}
}
