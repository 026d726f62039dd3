package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.bot.triage.Urgency;
import linge.db.Times;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Cases and their history as rows. */
final class CaseStore {

    static final String COLUMNS = """
            id, number, resident_id, text, category, department, urgency::text AS urgency, hotline, area, grid, address,
            lon, lat, privacy::text AS privacy, filed_at, state::text AS state, version, holder_area, holder_department,
            holder_tier::text AS holder_tier, supervised, listed, urges, due_rule, clock_started_at, due_at, wake_at,
            extension_days, extension_words, extension_asked_at, extended_days, suspended_at, resume_to::text AS resume_to,
            dispatched_at, transferred_from, returned_by, settled, assisting, merged_into, aside, resolution, evidence,
            evidence_missing, resolved_by, answer, visited::text AS visited, confirmed, rating, rating_words, rated_at,
            archived_by::text AS archived_by, updated_at, demo""";

    private static final String NEXT_NUMBER = "SELECT nextval('case_numbers') AS next";
    private static final String INSERT = """
            INSERT INTO cases (id, number, resident_id, client_key, request_hash, text, category, department, urgency, hotline,
              area, grid, address, lon, lat, privacy, filed_at, state, version, holder_area, holder_department, supervised,
              urges, due_rule, clock_started_at, due_at, wake_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::case_urgency, $10, $11, $12, $13, $14, $15,
              $16::text::case_privacy, $17, $18::text::case_state, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)
            ON CONFLICT ON CONSTRAINT one_case_per_client_key DO NOTHING""";
    private static final String BY_KEY =
            "SELECT request_hash, " + COLUMNS + " FROM cases WHERE resident_id = $1 AND client_key = $2";
    private static final String BY_NUMBER = "SELECT " + COLUMNS + " FROM cases WHERE number = $1";
    private static final String LOCK = BY_NUMBER + " FOR UPDATE";
    private static final String BY_ID = "SELECT " + COLUMNS + " FROM cases WHERE id = $1";
    private static final String BY_IDS = "SELECT " + COLUMNS + " FROM cases WHERE id = ANY($1)";
    private static final String LOCK_DUE = "SELECT " + COLUMNS + "\n" + """
            FROM cases WHERE wake_at <= $1 ORDER BY wake_at LIMIT 1 FOR UPDATE SKIP LOCKED""";
    private static final String UPDATE = """
            UPDATE cases SET state = $2::text::case_state, version = $3, holder_area = $4, holder_department = $5,
              supervised = $6, urges = $7, due_rule = $8, clock_started_at = $9, due_at = $10, wake_at = $11, answer = $12,
              rating = $13, rating_words = $14, rated_at = $15, updated_at = $16, category = $17, department = $18,
              holder_tier = $19::text::role, listed = $20, extension_days = $21, extension_words = $22,
              extension_asked_at = $23, extended_days = $24, suspended_at = $25, resume_to = $26::text::case_state,
              dispatched_at = $27, transferred_from = $28, returned_by = $29, settled = $30, assisting = $31,
              merged_into = $32, resolution = $33, evidence = $34, evidence_missing = $35, resolved_by = $36,
              visited = $37::text::case_visit, confirmed = $38, archived_by = $39::text::actor_kind,
              aside = $40
            WHERE id = $1 AND version = $3 - 1""";
    private static final String ADD_LINE = """
            INSERT INTO case_history (case_id, seq, move, from_state, to_state, at, actor_kind, actor_id, actor_name,
              actor_role, actor_area, words, holder_area, holder_department, acting_for, media)
            VALUES ($1, $2, $3::text::case_move, $4::text::case_state, $5::text::case_state, $6, $7::text::actor_kind, $8, $9,
              $10::text::role, $11, $12, $13, $14, $15, $16)""";
    static final String LINE_COLUMNS = """
            seq, move::text AS move, from_state::text AS from_state, to_state::text AS to_state, at,
            actor_kind::text AS actor_kind, actor_id, actor_name, actor_role::text AS actor_role, actor_area, acting_for, words,
            holder_area, holder_department, media""";

    private static final String HISTORY =
            "SELECT " + LINE_COLUMNS + " FROM case_history WHERE case_id = $1 ORDER BY seq";
    private static final String PROOF_TOKEN = "SELECT proof_token FROM cases WHERE id = $1";
    private static final String FIRST_WITH = """
            INSERT INTO case_move_keys (key, case_id, seq, request_hash, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (key) DO NOTHING""";
    private static final String ASKED_WITH = "SELECT case_id, request_hash FROM case_move_keys WHERE key = $1";
    private static final String ADD_REVEAL =
            "INSERT INTO identity_reveals (case_id, staff_id, purpose, at) VALUES ($1, $2, $3, $4) RETURNING id";

    /** A case filed before with the same key, and what was asked then. */
    record Filed(Case filed, Buffer requestHash) {}

    Future<String> nextNumber(SqlConnection tx, LocalDate day) {
        return tx.query(NEXT_NUMBER)
                .execute()
                .map(rows -> CaseNumber.of(day, rows.iterator().next().getLong("next")));
    }

    /** False when this resident used this key before. */
    Future<Boolean> insert(SqlConnection tx, Case c, String clientKey, Buffer requestHash) {
        Case.Facts f = c.facts();
        Case.Now n = c.now();
        Tuple row = Tuple.tuple()
                .addValue(f.id())
                .addValue(f.number())
                .addValue(f.resident())
                .addValue(clientKey)
                .addValue(requestHash)
                .addValue(f.text())
                .addValue(f.category())
                .addValue(f.department())
                .addValue(f.urgency().name())
                .addValue(f.hotline())
                .addValue(f.area())
                .addValue(f.grid())
                .addValue(f.address())
                .addValue(f.lon())
                .addValue(f.lat())
                .addValue(f.privacy().name())
                .addValue(Times.at(f.filedAt()))
                .addValue(n.state().name())
                .addValue(n.version())
                .addValue(n.holder().area())
                .addValue(n.holder().department())
                .addValue(n.supervised())
                .addValue(n.urges())
                .addValue(n.rule() == null ? null : n.rule().name())
                .addValue(Times.atOrNull(n.clockStarted()))
                .addValue(Times.atOrNull(n.due()))
                .addValue(Times.atOrNull(n.wake()))
                .addValue(Times.at(n.updatedAt()));
        return tx.preparedQuery(INSERT).execute(row).map(done -> done.rowCount() == 1);
    }

    Future<@Nullable Filed> byKey(SqlClient on, UUID resident, String clientKey) {
        return on.preparedQuery(BY_KEY).execute(Tuple.of(resident, clientKey)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            Row row = rows.iterator().next();
            return new Filed(caseOf(row), row.getBuffer("request_hash"));
        });
    }

    /** Fails with {@code NOT_FOUND}. */
    Future<Case> byNumber(SqlClient on, String number) {
        return on.preparedQuery(BY_NUMBER).execute(Tuple.of(number)).map(CaseStore::one);
    }

    /** The case, held for this transaction; fails with {@code NOT_FOUND}. */
    Future<Case> lock(SqlConnection tx, String number) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(number)).map(CaseStore::one);
    }

    Future<@Nullable Case> byId(SqlClient on, UUID id) {
        return on.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            return caseOf(rows.iterator().next());
        });
    }

    Future<List<Case>> all(SqlClient on, List<UUID> ids) {
        return on.preparedQuery(BY_IDS)
                .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    List<Case> found = new ArrayList<>();
                    rows.forEach(row -> found.add(caseOf(row)));
                    return found;
                });
    }

    /** The case whose clock ran out first and that no other node has in hand, held for this transaction; or null. */
    Future<@Nullable Case> lockDue(SqlConnection tx, Instant now) {
        return tx.preparedQuery(LOCK_DUE).execute(Tuple.of(Times.at(now))).map(rows -> {
            if (rows.size() == 0) {
                return null;
            }
            return caseOf(rows.iterator().next());
        });
    }

    /** Writes a case after a move, and the line the move adds. */
    Future<Void> update(SqlConnection tx, Moved moved) {
        Case.Now n = moved.after().now();
        Case.Rating rating = n.rating();
        Case.Extension asked = n.extension();
        Case.Resolution resolution = n.resolution();
        Holder from = n.transferredFrom();
        Tuple row = Tuple.tuple()
                .addValue(moved.after().facts().id())
                .addValue(n.state().name())
                .addValue(n.version())
                .addValue(n.holder().area())
                .addValue(n.holder().department())
                .addValue(n.supervised())
                .addValue(n.urges())
                .addValue(n.rule() == null ? null : n.rule().name())
                .addValue(Times.atOrNull(n.clockStarted()))
                .addValue(Times.atOrNull(n.due()))
                .addValue(Times.atOrNull(n.wake()))
                .addValue(n.answer())
                .addValue(rating == null ? null : (short) rating.score())
                .addValue(rating == null ? null : rating.words())
                .addValue(rating == null ? null : Times.at(rating.at()))
                .addValue(Times.at(n.updatedAt()))
                .addValue(moved.after().facts().category())
                .addValue(moved.after().facts().department())
                .addValue(name(n.tier()))
                .addValue(n.listed())
                .addValue(asked == null ? null : asked.days())
                .addValue(asked == null ? null : asked.words())
                .addValue(asked == null ? null : Times.at(asked.at()))
                .addValue(n.extendedDays())
                .addValue(Times.atOrNull(n.suspendedAt()))
                .addValue(name(n.resumeTo()))
                .addValue(Times.atOrNull(n.dispatchedAt()))
                .addValue(from == null ? null : from.area())
                .addValue(offices(n.returnedBy()))
                .addValue(n.settled())
                .addValue(offices(n.assisting()))
                .addValue(n.mergedInto())
                .addValue(resolution == null ? null : resolution.words())
                .addValue(resolution == null ? null : resolution.evidence())
                .addValue(resolution == null ? null : resolution.without())
                .addValue(resolution == null ? null : resolution.by())
                .addValue(name(n.visited()))
                .addValue(n.confirmed())
                .addValue(name(n.archivedBy()))
                .addValue(n.aside() == null ? null : n.aside().toJson());
        return tx.preparedQuery(UPDATE).execute(row).compose(done -> {
            if (done.rowCount() != 1) {
                throw new IllegalStateException("a locked case changed under us");
            }
            return addLine(tx, moved.after().facts().id(), moved.line());
        });
    }

    Future<Void> addLine(SqlConnection tx, UUID id, HistoryLine line) {
        HistoryLine.By by = line.by();
        CaseState from = line.from();
        Role role = by.role();
        Tuple row = Tuple.tuple()
                .addValue(id)
                .addValue(line.seq())
                .addValue(line.move().name())
                .addValue(from == null ? null : from.name())
                .addValue(line.to().name())
                .addValue(Times.at(line.at()))
                .addValue(by.kind().name())
                .addValue(by.id())
                .addValue(by.name())
                .addValue(role == null ? null : role.name())
                .addValue(by.area())
                .addValue(line.words())
                .addValue(line.holder().area())
                .addValue(line.holder().department())
                .addValue(by.actingFor())
                .addArrayOfUUID(line.media().toArray(UUID[]::new));
        return tx.preparedQuery(ADD_LINE).execute(row).mapEmpty();
    }

    /**
     * Whether a move asked for with this key is the first; to be asked while the case is locked.
     *
     * @param seq the line it makes
     * @param hash of what is asked; null where nobody could ask for something else with the same key
     */
    Future<Boolean> firstWith(SqlConnection tx, UUID id, String key, int seq, @Nullable Buffer hash, Instant at) {
        return tx.preparedQuery(FIRST_WITH)
                .execute(Tuple.tuple()
                        .addValue(key)
                        .addValue(id)
                        .addValue(seq)
                        .addValue(hash)
                        .addValue(Times.at(at)))
                .map(done -> done.rowCount() == 1);
    }

    /** Whether the same was asked for with this key before. */
    Future<Boolean> askedWith(SqlConnection tx, UUID id, String key, @Nullable Buffer hash) {
        return tx.preparedQuery(ASKED_WITH).execute(Tuple.of(key)).map(rows -> {
            Row row = rows.iterator().next();
            Buffer before = row.getBuffer("request_hash");
            return row.getUUID("case_id").equals(id) && (before == null || hash == null || before.equals(hash));
        });
    }

    Future<List<HistoryLine>> history(SqlClient on, UUID id) {
        return on.preparedQuery(HISTORY).execute(Tuple.of(id)).map(rows -> {
            List<HistoryLine> lines = new ArrayList<>();
            rows.forEach(row -> lines.add(lineOf(row)));
            return lines;
        });
    }

    /** What the proof page of a case is called by. */
    Future<String> proofToken(SqlClient on, UUID id) {
        return on.preparedQuery(PROOF_TOKEN)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getString("proof_token"));
    }

    Future<Long> addReveal(SqlConnection tx, UUID caseId, UUID staff, String purpose, Instant at) {
        return tx.preparedQuery(ADD_REVEAL)
                .execute(Tuple.of(caseId, staff, purpose, Times.at(at)))
                .map(rows -> rows.iterator().next().getLong("id"));
    }

    static Case caseOf(Row row) {
        return new Case(
                new Case.Facts(
                        row.getUUID("id"),
                        row.getString("number"),
                        row.getUUID("resident_id"),
                        row.getString("text"),
                        row.getString("category"),
                        row.getString("department"),
                        Urgency.valueOf(row.getString("urgency")),
                        row.getString("hotline"),
                        row.getString("area"),
                        (JsonObject) row.getValue("grid"),
                        row.getString("address"),
                        row.getDouble("lon"),
                        row.getDouble("lat"),
                        Case.Privacy.valueOf(row.getString("privacy")),
                        Times.of(row, "filed_at"),
                        row.getBoolean("demo")),
                nowOf(row));
    }

    private static Case.Now nowOf(Row row) {
        Case.Draft n = new Case.Draft(
                CaseState.valueOf(row.getString("state")),
                row.getInteger("version"),
                new Holder(row.getString("holder_area"), row.getString("holder_department")),
                Times.of(row, "updated_at"));
        n.tier = one(Role.class, row, "holder_tier");
        n.supervised = row.getBoolean("supervised");
        n.listed = row.getBoolean("listed");
        n.urges = row.getInteger("urges");
        n.rule = one(DueRule.class, row, "due_rule");
        n.clockStarted = Times.orNull(row, "clock_started_at");
        n.due = Times.orNull(row, "due_at");
        n.wake = Times.orNull(row, "wake_at");
        Integer days = row.getInteger("extension_days");
        n.extension = days == null
                ? null
                : new Case.Extension(days, row.getString("extension_words"), Times.of(row, "extension_asked_at"));
        n.extendedDays = row.getInteger("extended_days");
        n.suspendedAt = Times.orNull(row, "suspended_at");
        n.resumeTo = one(CaseState.class, row, "resume_to");
        n.dispatchedAt = Times.orNull(row, "dispatched_at");
        String from = row.getString("transferred_from");
        n.transferredFrom = from == null ? null : Holder.of(from);
        n.returnedBy = offices((JsonArray) row.getValue("returned_by"));
        n.settled = row.getBoolean("settled");
        n.assisting = offices((JsonArray) row.getValue("assisting"));
        n.mergedInto = row.getUUID("merged_into");
        n.aside = Aside.of((JsonObject) row.getValue("aside"));
        String resolution = row.getString("resolution");
        n.resolution = resolution == null
                ? null
                : new Case.Resolution(
                        resolution,
                        row.getInteger("evidence"),
                        row.getString("evidence_missing"),
                        row.getUUID("resolved_by"));
        n.answer = row.getString("answer");
        n.visited = one(Visit.class, row, "visited");
        n.confirmed = row.getBoolean("confirmed");
        Short score = row.getShort("rating");
        n.rating =
                score == null ? null : new Case.Rating(score, row.getString("rating_words"), Times.of(row, "rated_at"));
        n.archivedBy = one(HistoryLine.By.Kind.class, row, "archived_by");
        return n.now();
    }

    private static <E extends Enum<E>> @Nullable E one(Class<E> type, Row row, String column) {
        String name = row.getString(column);
        return name == null ? null : Enum.valueOf(type, name);
    }

    private static @Nullable String name(@Nullable Enum<?> one) {
        return one == null ? null : one.name();
    }

    private static JsonArray offices(List<Holder> offices) {
        JsonArray rows = new JsonArray();
        offices.forEach(
                office -> rows.add(new JsonObject().put("area", office.area()).put("department", office.department())));
        return rows;
    }

    private static List<Holder> offices(JsonArray rows) {
        return rows.stream()
                .map(JsonObject.class::cast)
                .map(office -> new Holder(office.getString("area"), office.getString("department")))
                .toList();
    }

    static HistoryLine lineOf(Row row) {
        String from = row.getString("from_state");
        String role = row.getString("actor_role");
        return new HistoryLine(
                row.getInteger("seq"),
                Move.valueOf(row.getString("move")),
                from == null ? null : CaseState.valueOf(from),
                CaseState.valueOf(row.getString("to_state")),
                Times.of(row, "at"),
                new HistoryLine.By(
                        HistoryLine.By.Kind.valueOf(row.getString("actor_kind")),
                        row.getUUID("actor_id"),
                        row.getString("actor_name"),
                        role == null ? null : Role.valueOf(role),
                        row.getString("actor_area"),
                        row.getString("acting_for")),
                row.getString("words"),
                new Holder(row.getString("holder_area"), row.getString("holder_department")),
                List.of(row.getArrayOfUUIDs("media")));
    }

    private static Case one(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Refusal.notFound("这件诉求");
        }
        return caseOf(rows.iterator().next());
    }
}
