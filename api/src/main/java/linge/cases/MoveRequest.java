package linge.cases;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A move somebody wants to make, with the version of the case they were looking at. Most moves need few of these fields:
 * {@code MoveRequest.of(Move.NOTE, 3).but(r -> r.words = "…")}.
 *
 * @param channel where else the resident should turn
 * @param target the office a case is sent to
 * @param media photos and documents that go with the words
 * @param without why there is neither photo nor document of what was done
 * @param days how much longer it is to take, in the unit of the running rule
 * @param until when a suspended case resumes by itself
 * @param visit what a return visit found
 * @param assisting the departments called in; for a conclusion those who stay, null for none
 * @param lead the case as it stands that this one is merged into, or follows
 * @param key the same key twice makes one move, e.g. when what was said in a chat is sent again; null: every request is one
 */
public record MoveRequest(
        Move move,
        int version,
        @Nullable String words,
        @Nullable String channel,
        @Nullable Holder target,
        @Nullable Integer score,
        @Nullable String category,
        List<UUID> media,
        @Nullable String without,
        @Nullable Integer days,
        @Nullable Instant until,
        @Nullable Visit visit,
        @Nullable List<Holder> assisting,
        @Nullable Case lead,
        @Nullable String key) {

    public static MoveRequest of(Move move, int version) {
        return new Draft(move, version).request();
    }

    /** The same request with some fields set. */
    public MoveRequest but(Consumer<Draft> change) {
        Draft draft = new Draft(move, version);
        draft.words = words;
        draft.channel = channel;
        draft.target = target;
        draft.score = score;
        draft.category = category;
        draft.media = media;
        draft.without = without;
        draft.days = days;
        draft.until = until;
        draft.visit = visit;
        draft.assisting = assisting;
        draft.lead = lead;
        draft.key = key;
        change.accept(draft);
        return draft.request();
    }

    /** The fields of a request on their way to one. */
    public static final class Draft {
        private final Move move;
        private final int version;
        public @Nullable String words;
        public @Nullable String channel;
        public @Nullable Holder target;
        public @Nullable Integer score;
        public @Nullable String category;
        public List<UUID> media = List.of();
        public @Nullable String without;
        public @Nullable Integer days;
        public @Nullable Instant until;
        public @Nullable Visit visit;
        public @Nullable List<Holder> assisting;
        public @Nullable Case lead;
        public @Nullable String key;

        private Draft(Move move, int version) {
            this.move = move;
            this.version = version;
        }

        private MoveRequest request() {
            return new MoveRequest(
                    move, version, words, channel, target, score, category, media, without, days, until, visit,
                    assisting, lead, key);
        }
    }
}
