package linge.bot.dialogue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.dialogue.Talk.Topic;
import org.jspecify.annotations.Nullable;

/** One hearing while it is thought about: the talk taken apart, and what is said and wished for so far. Lives for one call. */
final class Scene {
    final Instant now;
    final Heard.Who who;
    final Duration silence;
    private final Replies wording;
    private final Instant began;

    Topic topic;

    @Nullable
    Ask asked;

    final List<Topic> paused;
    List<Reply.Choice> offered;
    final List<Draft> drafts;
    Talk.@Nullable Matter matter;
    Talk.@Nullable Aid aid;
    Talk.@Nullable Filed filed;
    int unsure;
    int anger;
    boolean minor;
    int serial;
    private final List<Talk.Line> lines;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    private boolean resting;
    private final StringBuilder lead = new StringBuilder();

    Scene(Talk talk, Heard heard, Replies wording) {
        this.now = heard.now();
        this.who = heard.who();
        this.silence = talk.isFresh() ? Duration.ZERO : Duration.between(talk.last(), heard.now());
        this.wording = wording;
        this.began = talk.began();
        this.topic = talk.topic();
        this.asked = talk.asked();
        this.paused = new ArrayList<>(talk.paused());
        this.offered = talk.offered();
        this.drafts = new ArrayList<>(talk.drafts());
        this.matter = talk.matter();
        this.aid = talk.aid();
        this.filed = talk.filed();
        this.unsure = talk.unsure();
        this.anger = talk.anger();
        this.minor = talk.minor();
        this.serial = talk.serial();
        this.lines = new ArrayList<>(talk.lines());
    }

    /** Nothing paused is taken up in this turn: somebody else goes on. */
    void rest() {
        resting = true;
    }

    boolean rests() {
        return resting;
    }

    /** What the resident said, kept without numbers that are nobody's business. */
    void heard(String text) {
        keep(new Talk.Line(true, text));
    }

    /** The resident's newest line before this one, or null. */
    @Nullable
    String lineBefore() {
        for (int i = lines.size() - 2; i >= 0; i--) {
            if (lines.get(i).resident()) {
                return lines.get(i).text();
            }
        }
        return null;
    }

    /** What has been said so far, short, for the person who goes on. */
    String summary() {
        var summary = new StringBuilder();
        for (Talk.Line line : lines) {
            if (line.resident()) {
                summary.append(summary.isEmpty() ? "" : "；").append(line.text());
            }
        }
        return summary.length() > 500 ? summary.substring(summary.length() - 500) : summary.toString();
    }

    /** Words to open the next reply with: a welcome, a sorry, a note that something was understood. */
    void lead(String name, @Nullable Object... fields) {
        lead.append(wording.text(name, fields));
    }

    void say(String name, @Nullable Object... fields) {
        say(wording.of(name, fields));
    }

    void say(Reply reply) {
        String text = lead + reply.text();
        lead.setLength(0);
        replies.add(new Reply(reply.name(), text, reply.choices(), reply.card()));
        offered = reply.choices().isEmpty() ? offered : reply.choices();
        keep(new Talk.Line(false, text));
    }

    /** Says and waits for the answer; the choices on the table are those of this question. */
    void ask(Ask question, String name, @Nullable Object... fields) {
        ask(question, wording.of(name, fields));
    }

    void ask(Ask question, Reply reply) {
        offered = List.of();
        asked = question;
        say(reply);
    }

    Reply reply(String name, List<Reply.Choice> choices, Reply.@Nullable Card card, @Nullable Object... fields) {
        Reply reply = wording.of(name, fields);
        var all = new ArrayList<>(choices);
        all.addAll(reply.choices());
        return new Reply(name, reply.text(), all, card);
    }

    String text(String name, @Nullable Object... fields) {
        return wording.text(name, fields);
    }

    Reply.Choice choice(String id) {
        return wording.choice(id);
    }

    void wish(Wish wish) {
        wishes.add(wish);
    }

    boolean hasSaid() {
        return !replies.isEmpty();
    }

    /** Something is wished for: the turn goes on when it has come. */
    boolean waits() {
        return !wishes.isEmpty();
    }

    /** Turns to another topic; one that is left with an open question is come back to. */
    void turnTo(Topic next) {
        if (topic != next && topic != Topic.NONE && asked != null) {
            paused.remove(topic);
            paused.add(0, topic);
        }
        paused.remove(next);
        topic = next;
        asked = null;
        offered = List.of();
    }

    /** The topic has come to its end; what was paused is taken up after the turn. */
    void done() {
        topic = Topic.NONE;
        asked = null;
        offered = List.of();
    }

    String newKey() {
        serial++;
        return "chat-" + began.toEpochMilli() + "-" + serial;
    }

    @Nullable
    Draft draft() {
        return drafts.isEmpty() ? null : drafts.get(0);
    }

    void draft(Draft changed) {
        if (drafts.isEmpty()) {
            drafts.add(changed);
        } else {
            drafts.set(0, changed);
        }
    }

    private void keep(Talk.Line line) {
        String text = line.text().length() > Talk.MOST_OF_A_LINE ? cut(line.text(), Talk.MOST_OF_A_LINE) : line.text();
        lines.add(new Talk.Line(line.resident(), text));
    }

    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end);
    }

    Turn turn() {
        return new Turn(
                new Talk(
                        Talk.VERSION,
                        began,
                        now,
                        topic,
                        asked,
                        first(paused, Talk.MOST_PAUSED),
                        first(offered, Talk.MOST_OFFERED),
                        first(drafts, Talk.MOST_DRAFTS),
                        matter,
                        aid,
                        filed,
                        Math.min(unsure, 9),
                        Math.min(anger, 9),
                        minor,
                        serial,
                        lines.subList(Math.max(0, lines.size() - Talk.MOST_LINES), lines.size())),
                replies,
                wishes);
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.size() <= most ? list : list.subList(0, most);
    }
}
