package linge.bot;

import java.io.Reader;
import java.util.function.Supplier;
import linge.bot.dialogue.Clerk;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Talk;
import linge.bot.dialogue.Turn;
import linge.bot.knowledge.Hardship;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import org.jspecify.annotations.Nullable;

/** Listens and answers: what to say next, what to wish for. Pure and thread-safe: the same talk and words give the same turn. */
public final class Bot {
    private final Clerk clerk;

    private Bot(Clerk clerk) {
        this.clerk = clerk;
    }

    private static final class Shipped {
        static final Bot BOT = of(null, Hardship.DEFAULT);
    }

    /** The bot with the shipped words; loaded once, on first use (about two seconds). */
    public static Bot shipped() {
        return Shipped.BOT;
    }

    /**
     * A bot that speaks as a city wishes.
     *
     * @param words replies laid over the shipped ones, in the form of {@code dialogue/replies.md}, or null; read once
     * @param hardship the province's line for legal aid
     * @throws IllegalArgumentException in Chinese, naming the reply that is wrong
     */
    public static Bot of(@Nullable Reader words, Hardship hardship) {
        AddressIndex places = new AddressIndex(Gazetteer.shipped());
        return of(words, hardship, () -> places);
    }

    /**
     * A bot that finds places as the rest of a service does.
     *
     * @param places asked for each message anew, so that names may be added while people talk; from any thread
     * @throws IllegalArgumentException in Chinese, naming the reply that is wrong
     */
    public static Bot of(@Nullable Reader words, Hardship hardship, Supplier<AddressIndex> places) {
        return new Bot(new Clerk(words, hardship, places));
    }

    /** Hears one thing; never throws, whatever the words are. */
    public Turn hear(Talk talk, Heard heard) {
        return clerk.hear(talk, heard);
    }
}
