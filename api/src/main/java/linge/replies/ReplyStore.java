package linge.replies;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.bot.reply.Earlier;
import linge.cases.Case;
import linge.cases.Moved;
import linge.db.Times;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** Policies, the numbers answers are found by, and what went out with concerns. */
final class ReplyStore {

    private static final String POLICY = """
            SELECT DISTINCT ON (area) area, stance, why, set_at FROM reply_policies
            WHERE starts_with($1, area) ORDER BY area DESC, id DESC LIMIT 1""";
    private static final String SET_POLICY =
            "INSERT INTO reply_policies (area, stance, why, set_by, set_at) VALUES ($1, $2, $3, $4, $5)";

    private static final String PRINT = """
            INSERT INTO reply_prints (print, at, case_id) SELECT print, $2, $3 FROM unnest($1::bigint[]) AS p (print)
            ON CONFLICT DO NOTHING""";
    /** Who has most numbers in common first; the newest few of each number, so that a phrase everybody writes costs no more than one nobody does. */
    private static final String ALIKE = """
            SELECT c.number, c.text, c.answer
            FROM unnest($1::bigint[]) AS mine (print)
            CROSS JOIN LATERAL (
                SELECT p.case_id FROM reply_prints p
                WHERE p.print = mine.print AND p.at > $2 ORDER BY p.at DESC LIMIT 8) AS near
            JOIN cases c ON c.id = near.case_id
            WHERE c.answer IS NOT NULL AND c.id <> $3 AND c.merged_into IS DISTINCT FROM $3
              AND c.id IS DISTINCT FROM $4 AND (c.merged_into IS NULL OR c.merged_into IS DISTINCT FROM $4)
            GROUP BY c.id ORDER BY count(*) DESC LIMIT 12""";

    private static final String READ = """
            INSERT INTO reply_readings (case_id, seq, move, area, kinds, release, staff_id, at)
            VALUES ($1, $2, $3::text::case_move, $4, $5, $6, $7, $8)""";

    /**
     * What an area asks for.
     *
     * @param area where it was set; null when nobody set anything
     */
    record Policy(
            @Nullable String area, Stance stance, @Nullable String why) {
        static final Policy USUAL = new Policy(null, Stance.REMIND, null);

        JsonObject toJson() {
            return new JsonObject()
                    .put("area", area)
                    .put("stance", stance.name())
                    .put("why", why);
        }
    }

    /** Of the smallest area around the place that says anything. */
    Future<Policy> policy(SqlClient on, String area) {
        return on.preparedQuery(POLICY).execute(Tuple.of(area)).map(rows -> {
            for (Row row : rows) {
                return new Policy(row.getString("area"), Stance.valueOf(row.getString("stance")), row.getString("why"));
            }
            return Policy.USUAL;
        });
    }

    Future<Void> setPolicy(SqlClient on, String area, Stance stance, String why, Caller.Staff who, Instant at) {
        return on.preparedQuery(SET_POLICY)
                .execute(Tuple.of(area, stance.name(), why, who.id(), Times.at(at)))
                .mapEmpty();
    }

    Future<Void> print(SqlClient on, UUID caseId, List<Long> prints, Instant at) {
        return prints.isEmpty()
                ? Future.succeededFuture()
                : on.preparedQuery(PRINT)
                        .execute(Tuple.tuple()
                                .addArrayOfLong(prints.toArray(Long[]::new))
                                .addValue(Times.at(at))
                                .addValue(caseId))
                        .mapEmpty();
    }

    /** Answers of other cases since then that may be the same words; those of the same matter are left out. */
    Future<List<Earlier>> alike(SqlClient on, Case c, List<Long> prints, Instant since) {
        if (prints.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return on.preparedQuery(ALIKE)
                .execute(Tuple.tuple()
                        .addArrayOfLong(prints.toArray(Long[]::new))
                        .addValue(Times.at(since))
                        .addValue(c.facts().id())
                        .addValue(c.now().mergedInto()))
                .map(rows -> {
                    List<Earlier> all = new ArrayList<>();
                    rows.forEach(row -> all.add(
                            new Earlier(row.getString("number"), row.getString("text"), row.getString("answer"))));
                    return all;
                });
    }

    Future<Void> read(SqlConnection tx, Moved made, List<String> kinds, @Nullable Long release, Caller.Staff who) {
        return tx.preparedQuery(READ)
                .execute(Tuple.tuple()
                        .addValue(made.after().facts().id())
                        .addValue(made.line().seq())
                        .addValue(made.line().move().name())
                        .addValue(made.after().facts().area())
                        .addArrayOfString(kinds.toArray(String[]::new))
                        .addValue(release)
                        .addValue(who.id())
                        .addValue(Times.at(made.line().at())))
                .mapEmpty();
    }
}
