package linge.chat;

import java.util.ArrayList;
import java.util.List;
import linge.bot.dialogue.Reply;
import linge.bot.dialogue.Talk;
import org.jspecify.annotations.Nullable;

/** What came of hearing so far; written by one chain of steps, one after the other. */
final class Spoken {

    private final @Nullable String messageKey;
    private Talk talk;
    private int moves;
    private final List<Reply> replies = new ArrayList<>();
    private @Nullable String caseNumber;
    private @Nullable String deskArea;

    /** @param messageKey by which the message would be known again, or null */
    Spoken(Talk talk, @Nullable String messageKey) {
        this.talk = talk;
        this.messageKey = messageKey;
    }

    /** The key of the next move on a case: the same when the same message is heard again after a crash. */
    @Nullable
    String moveKey(String conversation) {
        return messageKey == null ? null : "chat:" + conversation + ":" + messageKey + ":" + moves++;
    }

    Talk talk() {
        return talk;
    }

    List<Reply> replies() {
        return replies;
    }

    /** Number of the case filed or spoken about. */
    @Nullable
    String caseNumber() {
        return caseNumber;
    }

    /** The centre a person was asked of, if one was. */
    @Nullable
    String deskArea() {
        return deskArea;
    }

    void say(Talk now, List<Reply> more) {
        talk = now;
        replies.addAll(more);
    }

    void about(String number) {
        caseNumber = number;
    }

    void askedDesk(String area) {
        deskArea = area;
    }
}
