package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import linge.db.Times;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** What staff corrected of what was understood: kept with the case, read as lines to train by. */
public final class Corrections {

    private static final String KEEP =
            "INSERT INTO corrections (case_id, seq, was, label, corrected_at) VALUES ($1, $2, $3, $4, $5)";

    /** The last word on each case; one corrected back to what was understood at first teaches nothing. */
    private static final String LINES = """
            SELECT c.text, l.label, f.was, l.corrected_at
            FROM (SELECT DISTINCT ON (case_id) * FROM corrections ORDER BY case_id, seq DESC) l
            JOIN (SELECT DISTINCT ON (case_id) * FROM corrections ORDER BY case_id, seq) f USING (case_id)
            JOIN cases c ON c.id = l.case_id
            WHERE l.label IS DISTINCT FROM f.was
            ORDER BY l.corrected_at, l.case_id""";

    /**
     * One line to train by.
     *
     * @param text the complaint, without numbers of phones and identity cards
     * @param label code of the right category
     * @param was code of the category understood at first; null where there was none
     */
    public record Line(String text, String label, @Nullable String was, Instant correctedAt) {}

    Future<Void> keep(SqlConnection tx, Moved moved) {
        Case before = moved.before();
        return tx.preparedQuery(KEEP)
                .execute(Tuple.of(
                        moved.after().facts().id(),
                        moved.line().seq(),
                        before == null ? null : before.facts().category(),
                        moved.after().facts().category(),
                        Times.at(moved.line().at())))
                .mapEmpty();
    }

    /** Every line, oldest first. */
    public Future<List<Line>> lines(SqlClient on) {
        return on.preparedQuery(LINES).execute().map(rows -> {
            List<Line> lines = new ArrayList<>();
            for (Row row : rows) {
                lines.add(new Line(
                        Words.withoutNumbers(row.getString("text")),
                        row.getString("label"),
                        row.getString("was"),
                        Times.of(row, "corrected_at")));
            }
            return lines;
        });
    }
}
