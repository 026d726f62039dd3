package linge.bot.dialogue;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What only the service can do. Each is answered by one {@link Outcome}; {@link Outcome.Refused} answers any of them. */
public sealed interface Wish {

    /** Name the ground at a point (or of words, near home): answered by {@link Outcome.GroundFound}. */
    record FindGround(@Nullable String words, Heard.@Nullable Point point) implements Wish {}

    /**
     * File a confirmed draft: {@link Outcome.Filed}. Refuse with {@code SIGN_IN} when nobody is signed in and an unproven
     * phone is not enough; the draft stays and is wished for again afterwards with the same key.
     *
     * @param key unique within the talk: the Idempotency-Key, with the conversation's id before it
     */
    record FileCase(String key, Filing filing) implements Wish {}

    /**
     * A complete draft as {@code POST /api/cases} takes it.
     *
     * @param text up to 4,000 characters: what, since when, danger, all that was told
     * @param category code the resident would agree with, or null to let triage judge
     * @param address where in words, up to 200 characters, or null
     * @param phone 11 digits (or a landline) as told when nobody is signed in; unproven
     * @param mediation the resident asked for people's mediation
     */
    record Filing(
            String text,
            @Nullable String category,
            @Nullable String address,
            Heard.@Nullable Point point,
            List<String> media,
            @Nullable String phone,
            boolean anonymous,
            boolean confidential,
            boolean mediation) {
        public Filing {
            media = List.copyOf(media);
        }
    }

    /** My cases, newest first, at most 20: {@link Outcome.CasesFound}. {@code SIGN_IN} when nobody is signed in. */
    record ListCases() implements Wish {}

    /** One case by its 12 digits: {@link Outcome.CaseFound}; {@code NOT_FOUND} also when it is not theirs. */
    record ShowCase(String number) implements Wish {}

    /** Moves the owner makes; each is answered by {@link Outcome.CaseFound} after the move. */
    record Urge(String number) implements Wish {}

    record Supplement(String number, String words, List<String> media) implements Wish {
        public Supplement {
            media = List.copyOf(media);
        }
    }

    record Withdraw(String number, @Nullable String words) implements Wish {}

    /** @param score 1 to 5 */
    record Rate(String number, int score, @Nullable String words) implements Wish {}

    /** Not content: the case is opened again. */
    record Reopen(String number, String words) implements Wish {}

    /** Who works in the grid of a point, of words, or else of the saved home: {@link Outcome.TeamFound}. */
    record FindTeam(@Nullable String words, Heard.@Nullable Point point) implements Wish {}

    /** A question about law for the adviser, who also notes what it cannot answer: {@link Outcome.Advised}. */
    record AskLaw(String question) implements Wish {}

    /**
     * A legal aid application, confirmed: {@link Outcome.Applied}. Refuse with {@code SIGN_IN} when nobody is signed in.
     *
     * @param key unique within the talk: the Idempotency-Key, with the conversation's id before it
     * @param answers of the eligibility steps, by question id
     * @param words the matter in the applicant's words
     * @param phone as told when nobody is signed in, or null
     */
    record ApplyAid(
            String key,
            Map<String, String> answers,
            String words,
            @Nullable String phone) implements Wish {
        public ApplyAid {
            answers = Map.copyOf(answers);
        }
    }

    /**
     * A person shall go on: {@link Outcome.HandedOver}.
     *
     * @param reason ASKED, NOT_UNDERSTOOD, ANGRY, CRISIS, LEGAL or MINOR
     * @param summary what has been said so far, short, without phone or identity numbers
     */
    record HandOver(String reason, String summary) implements Wish {}
}
