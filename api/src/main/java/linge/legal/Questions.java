package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import linge.bot.knowledge.Advice;
import linge.bot.knowledge.Card;
import linge.db.AuditLog;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was asked and not answered: words and counts, never a person, for as long as the setting says. */
public final class Questions {

    private static final Logger log = LoggerFactory.getLogger(Questions.class);

    /** Longer ones are cut. */
    static final int LONGEST = 200;

    private static final int MOST = 2_000;
    private static final int LISTED = 200;

    private static final String NOTE = """
            INSERT INTO legal_questions AS q (asked_as, question, times, nearest, first_at, last_at)
            VALUES ($1, $2, 1, $3, $4, $4)
            ON CONFLICT (asked_as) DO UPDATE SET times = q.times + 1, last_at = $4, nearest = $3""";
    private static final String MAKE_ROOM = """
            DELETE FROM legal_questions WHERE id IN (
              SELECT id FROM legal_questions ORDER BY done_at IS NULL DESC, times DESC, last_at DESC OFFSET $1)""";
    private static final String OPEN = """
            SELECT q.id, q.question, q.times, q.nearest, q.first_at, q.last_at, d.id AS draft
            FROM legal_questions q LEFT JOIN card_drafts d ON d.question = q.id
            WHERE q.done_at IS NULL ORDER BY q.times DESC, q.last_at DESC, q.id LIMIT $1""";
    private static final String DONE = "UPDATE legal_questions SET done_at = coalesce(done_at, $2) WHERE id = $1";
    private static final String FORGET_OLD = "DELETE FROM legal_questions WHERE last_at < $1";

    private final Pool db;
    private final Clock clock;
    private final Duration keep;

    /** @param keep how long a question is kept after it was asked last */
    public Questions(Pool db, Clock clock, Duration keep) {
        this.db = db;
        this.clock = clock;
        this.keep = keep;
    }

    /** One question and how often it was asked. */
    record Asked(
            long id,
            String question,
            int times,
            @Nullable String nearest,
            Instant firstAt,
            Instant lastAt,
            @Nullable Long draft) {}

    /** Notes what the adviser could not answer from a card; never fails, as the answer does not depend on it. */
    Future<Void> noteUnlessAnswered(String question, Advice advice) {
        boolean known = advice.kind() != Advice.Kind.UNSURE && advice.kind() != Advice.Kind.ARTICLES;
        String words = known ? null : plain(question);
        if (words == null) {
            return Future.succeededFuture();
        }
        String nearest = advice.choices().stream().map(Card::id).findFirst().orElse(null);
        return db.preparedQuery(NOTE)
                .execute(Tuple.of(key(words), words, nearest, Times.at(clock.instant())))
                .<Void>mapEmpty()
                .recover(failure -> {
                    log.warn("a question without an answer could not be noted", failure);
                    return Future.succeededFuture();
                });
    }

    /** The most asked first. */
    Future<List<Asked>> open() {
        return db.preparedQuery(OPEN).execute(Tuple.of(LISTED)).map(rows -> {
            List<Asked> all = new ArrayList<>();
            for (Row row : rows) {
                all.add(new Asked(
                        row.getLong("id"),
                        row.getString("question"),
                        row.getInteger("times"),
                        row.getString("nearest"),
                        Times.of(row, "first_at"),
                        Times.of(row, "last_at"),
                        row.getLong("draft")));
            }
            return all;
        });
    }

    /** Listed no more; fails with {@code NOT_FOUND}. */
    Future<Void> done(long id, Caller.Staff who) {
        return AuditLog.with(
                db,
                who,
                "legal.question-done",
                String.valueOf(id),
                new JsonObject(),
                clock.instant(),
                tx -> tx.preparedQuery(DONE)
                        .execute(Tuple.of(id, Times.at(clock.instant())))
                        .map(done -> {
                            if (done.rowCount() == 0) {
                                throw Refusal.notFound("这个问题");
                            }
                            return null;
                        }));
    }

    /** Housekeeping: questions not asked for long, and the rarest beyond what is kept. */
    public Future<Void> forgetOld() {
        return db.preparedQuery(FORGET_OLD)
                .execute(Tuple.of(Times.at(clock.instant().minus(keep))))
                .compose(done -> db.preparedQuery(MAKE_ROOM).execute(Tuple.of(MOST)))
                .mapEmpty();
    }

    /** The question without numbers that lead to a person, in one line, cut. */
    static @Nullable String plain(String question) {
        String seen = Words.of(question);
        if (seen == null) {
            return null;
        }
        String line = Words.withoutNumbers(seen).replaceAll("\\s+", " ").strip();
        String cut = line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST));
        return cut.isEmpty() || cut.codePoints().noneMatch(Character::isLetter) ? null : cut;
    }

    /** Two questions with one key are the same but for punctuation. */
    private static String key(String words) {
        String letters = Normalizer.normalize(words, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
        return letters.substring(0, Math.min(letters.length(), 2 * LONGEST));
    }
}
