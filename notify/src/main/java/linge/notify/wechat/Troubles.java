package linge.notify.wechat;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What WeChat refuses the account as a whole: an operator has to put it right in WeChat's console or in our settings. */
public final class Troubles {

    private static final Logger log = LoggerFactory.getLogger(Troubles.class);

    private static final String NOTE = """
            INSERT INTO wechat_troubles AS t (path, code, words, first_at, last_at) VALUES ($1, $2, $3, $4, $4)
            ON CONFLICT (path, code) DO UPDATE
            SET words = excluded.words, last_at = excluded.last_at, times = t.times + 1,
                first_at = CASE WHEN t.last_at < $5 THEN excluded.first_at ELSE t.first_at END
            """;

    private static final String LATELY = """
            SELECT path, code, words, first_at, last_at, times FROM wechat_troubles WHERE last_at > $1
            ORDER BY last_at DESC, path, code
            """;

    private static final int LONGEST_WORDS = 300;
    private static final Duration A_DAY = Duration.ofDays(1);

    private final Pool db;
    private final InstantSource clock;

    public Troubles(Pool db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /** One that last came more than a day ago begins anew. */
    Future<Void> note(String path, Refused refused) {
        return note(path, refused.code(), refused.said());
    }

    /** @param code the platform's, or 0 for what we found ourselves */
    public Future<Void> note(String path, int code, String words) {
        log.warn("WeChat, {}: {}", path, words);
        return db.preparedQuery(NOTE)
                .execute(Tuple.of(
                        path,
                        code,
                        words.substring(0, Math.min(LONGEST_WORDS, words.length())),
                        Times.of(clock.instant()),
                        Times.of(clock.instant().minus(A_DAY))))
                .mapEmpty();
    }

    /** What was wrong with this path is put right. */
    public Future<Void> over(String path) {
        return db.preparedQuery("DELETE FROM wechat_troubles WHERE path = $1")
                .execute(Tuple.of(path))
                .mapEmpty();
    }

    /** Of the last day, the latest first: {@code [{"path","code","words","since","last","times"}]}. */
    public Future<JsonArray> lately() {
        return db.preparedQuery(LATELY)
                .execute(Tuple.of(Times.of(clock.instant().minus(A_DAY))))
                .map(rows -> {
                    JsonArray list = new JsonArray();
                    rows.forEach(row -> list.add(new JsonObject()
                            .put("path", row.getString("path"))
                            .put("code", row.getInteger("code"))
                            .put("words", row.getString("words"))
                            .put(
                                    "since",
                                    row.getOffsetDateTime("first_at")
                                            .toInstant()
                                            .toString())
                            .put(
                                    "last",
                                    row.getOffsetDateTime("last_at").toInstant().toString())
                            .put("times", row.getInteger("times"))));
                    return list;
                });
    }
}
