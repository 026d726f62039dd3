package linge.bot.dialogue;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything the bot keeps of a conversation: an immutable value, bounded, with a stable JSON form, so that any node can go
 * on with it. Phone numbers stand only in drafts; identity and bank numbers are never kept.
 *
 * @param version of this shape
 * @param began when the first thing was heard
 * @param last when the newest thing was heard
 * @param topic what is being talked about
 * @param asked the question that is open, or null
 * @param paused topics left unfinished, newest first
 * @param offered the choices on the table
 * @param drafts what is being reported, the one at hand first
 * @param matter the case that is talked about
 * @param aid the legal aid check under way
 * @param filed the newest case filed here
 * @param unsure how often in a row the bot did not understand
 * @param anger how often abuse was heard
 * @param minor the resident said to be a child
 * @param serial counts the drafts begun here; keys are made of it
 * @param lines what was said, newest last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Talk(
        int version,
        Instant began,
        Instant last,
        Topic topic,
        @Nullable Ask asked,
        List<Topic> paused,
        List<Reply.Choice> offered,
        List<Draft> drafts,
        @Nullable Matter matter,
        @Nullable Aid aid,
        @Nullable Filed filed,
        int unsure,
        int anger,
        boolean minor,
        int serial,
        List<Line> lines) {
    /** The shape written today. A talk of another version starts afresh. */
    public static final int VERSION = 1;

    /** At most so many lines are kept. */
    public static final int MOST_LINES = 20;
    /** At most so many characters of a line are kept. */
    public static final int MOST_OF_A_LINE = 200;

    static final int MOST_PAUSED = 4;
    static final int MOST_DRAFTS = 4;
    static final int MOST_OFFERED = 10;

    public Talk {
        paused = copy(paused);
        offered = copy(offered);
        drafts = copy(drafts);
        lines = copy(lines);
    }

    /** What a conversation can be about. */
    public enum Topic {
        NONE,
        REPORT,
        PROGRESS,
        URGE,
        SUPPLEMENT,
        WITHDRAW,
        RATE,
        TEAM,
        LAW,
        AID,
        MEDIATION,
        HOTLINES,
        PERSON
    }

    /** A question the bot has asked and waits to hear answered. */
    public enum Ask {
        WHAT,
        WHERE,
        WHICH_PLACE,
        SINCE,
        DANGER,
        PHONE,
        CONFIRM,
        WHAT_TO_CHANGE,
        GO_ON,
        SAME_AGAIN,
        WHICH_CASE,
        NUMBER,
        WORDS,
        SURE,
        SCORE,
        WHY,
        TEAM_WHERE,
        QUESTION,
        AID_STEP,
        AID_APPLY,
        AID_WORDS,
        MEDIATE,
        WHICH_TOPIC,
        SIGN_IN
    }

    /** One line said. */
    public record Line(boolean resident, String text) {}

    /**
     * The case that is talked about.
     *
     * @param number 12 digits, or null when it must be found first
     * @param words collected for a supplement, a rating or a withdrawal
     * @param score the rating given, 0 for none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Matter(@Nullable String number, @Nullable String words, List<String> media, int score) {
        public Matter {
            media = copy(media);
        }

        static final Matter UNKNOWN = new Matter(null, null, List.of(), 0);

        static Matter of(String number) {
            return new Matter(number, null, List.of(), 0);
        }

        Matter numbered(@Nullable String known) {
            return new Matter(known, words, media, score);
        }

        Matter saying(@Nullable String said) {
            return new Matter(number, said, media, score);
        }

        Matter showing(List<String> shown) {
            return new Matter(number, words, shown, score);
        }

        Matter scored(int given) {
            return new Matter(number, words, media, given);
        }
    }

    /**
     * A legal aid check under way.
     *
     * @param key unique within this talk, for the application
     * @param answers given so far, by question id
     * @param question the id that is asked now, or null
     * @param words what it is about, in the resident's words, or null
     * @param phone to be called on, or null when not told
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Aid(
            String key,
            Map<String, String> answers,
            @Nullable String question,
            @Nullable String words,
            @Nullable String phone) {
        public Aid {
            answers = answers == null ? Map.of() : Map.copyOf(answers);
        }
    }

    /**
     * The newest case filed in this talk.
     *
     * @param what the words it was filed with, to know them again
     */
    public record Filed(String number, String what, Instant at) {}

    /** A conversation that has not begun. */
    public static Talk fresh(Instant now) {
        return new Talk(
                VERSION,
                now,
                now,
                Topic.NONE,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                0,
                0,
                false,
                0,
                List.of());
    }

    /** Reads what {@link #json()} wrote; anything else, whatever it is, starts afresh. */
    public static Talk read(@Nullable String json, Instant now) {
        return TalkJson.read(json, now);
    }

    /** This talk as JSON; at most about 40,000 characters. */
    public String json() {
        return TalkJson.write(this);
    }

    @JsonIgnore
    public boolean isFresh() {
        return lines.isEmpty();
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
