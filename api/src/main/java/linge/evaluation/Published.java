package linge.evaluation;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import linge.db.Times;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** A period of a county that is published, and final once the objections are heard. */
record Published(
        UUID id,
        String area,
        Term term,
        long book,
        Instant publishedAt,
        Instant objectionsUntil,
        @Nullable Instant finalAt) {

    static final String COLUMNS = "id, area, period, book_id, published_at, objections_until, final_at";

    static Published of(Row row) {
        Instant published = Times.of(row, "published_at");
        return new Published(
                row.getUUID("id"),
                row.getString("area"),
                Term.of(row.getString("period"), published),
                row.getLong("book_id"),
                published,
                Times.of(row, "objections_until"),
                Times.orNull(row, "final_at"));
    }

    String state() {
        return finalAt == null ? "PUBLISHED" : "FINAL";
    }

    /** @throws Refusal {@code OUT_OF_TURN} where nobody can object any more */
    void open(Instant now) {
        if (finalAt != null) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, term.label() + "的考核已经定稿。");
        }
        if (!now.isBefore(objectionsUntil)) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "异议期已过，不能再提出异议。");
        }
    }
}
