package linge.bot;

import linge.bot.dialogue.Clerk;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Talk;
import linge.bot.dialogue.Turn;

/** Listens and answers: what to say next, what to wish for. Pure and thread-safe: the same talk and words give the same turn. */
public final class Bot {
    private final Clerk clerk;

    private Bot(Clerk clerk) {
        this.clerk = clerk;
    }

    private static final class Shipped {
        static final Bot BOT = new Bot(new Clerk(null));
    }

    /** The bot with the shipped words; loaded once, on first use (about two seconds). */
    public static Bot shipped() {
        return Shipped.BOT;
    }

    /** Hears one thing; never throws, whatever the words are. */
    public Turn hear(Talk talk, Heard heard) {
        return clerk.hear(talk, heard);
    }
}
