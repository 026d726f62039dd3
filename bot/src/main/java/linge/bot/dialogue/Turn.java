package linge.bot.dialogue;

import java.util.List;

/**
 * What comes of hearing: the talk as it stands, what to say, and what only the service can do.
 *
 * <p>The service says the replies, keeps the talk, then grants each wish and lets the bot hear what came of it
 * ({@link Heard.Came}); those turns may wish again. A chain ends after at most four rounds.
 *
 * @param replies one bubble each; none when the answer waits for the wishes
 */
public record Turn(Talk talk, List<Reply> replies, List<Wish> wishes) {
    public Turn {
        replies = List.copyOf(replies);
        wishes = List.copyOf(wishes);
    }
}
