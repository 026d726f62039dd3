package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import linge.db.Times;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Mediations, their parties and lines as rows. */
final class MediationStore {

    static final String COLUMNS = """
            m.id, m.number, m.area, m.kind::text AS kind, m.source::text AS source, m.case_id, c.number AS case_number, m.department,
            m.facts, m.wish, m.opened_at, m.opened_by, m.state::text AS state, m.version, m.committee, m.mediators, m.sessions,
            m.agreement, m.confirmation::text AS confirmation, m.confirm_by, m.ended_at, m.ending, m.due_at, m.due_rule, m.reminded""";

    static final String FROM = " FROM mediations m LEFT JOIN cases c ON c.id = m.case_id ";

    private static final String NUMBER = "SELECT nextval('mediation_numbers') AS nth";
    private static final String INSERT = """
            INSERT INTO mediations (id, number, area, kind, source, case_id, department, facts, wish, opened_at, opened_by, client_key,
              state, version, confirmation)
            VALUES ($1, $2, $3, $4::text::mediation_kind, $5::text::mediation_source, $6, $7, $8, $9, $10, $11, $12,
              $13::text::mediation_state, $14, 'NONE')""";
    private static final String ADD_PARTY = """
            INSERT INTO mediation_parties (id, mediation_id, position, applies, name, phone, address, resident, consent, consent_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""";
    private static final String UPDATE_PARTY = """
            UPDATE mediation_parties SET resident = $2, consent = $3, consent_at = $4, signed_on = $5 WHERE id = $1""";
    private static final String UPDATE = """
            UPDATE mediations SET state = $2::text::mediation_state, version = $3, committee = $4, mediators = $5, sessions = $6,
              agreement = $7, confirmation = $8::text::mediation_confirmation, confirm_by = $9, ended_at = $10, ending = $11,
              due_at = $12, due_rule = $13, reminded = $14, wake_at = $15
            WHERE id = $1""";
    private static final String ADD_LINE = """
            INSERT INTO mediation_lines (mediation_id, seq, act, at, by_id, by_name, by_role, words)
            VALUES ($1, $2, $3::text::mediation_act, $4, $5, $6, $7, $8)""";
    private static final String BY_ID = "SELECT " + COLUMNS + FROM + "WHERE m.id = $1";
    private static final String LOCK = BY_ID + " FOR UPDATE OF m";
    private static final String LOCK_FREE = BY_ID + " FOR UPDATE OF m SKIP LOCKED";
    private static final String BY_KEY = "SELECT " + COLUMNS + FROM + "WHERE m.opened_by = $1 AND m.client_key = $2";
    private static final String RUNNING_OF_CASE = "SELECT " + COLUMNS + FROM
            + "WHERE m.case_id = $1 AND m.state IN ('APPLIED', 'CONSENT', 'MEDIATING', 'PAUSED')";
    private static final String LOCK_DUE = "SELECT " + COLUMNS + FROM + """
            WHERE m.wake_at <= $1 ORDER BY m.wake_at LIMIT 1 FOR UPDATE OF m SKIP LOCKED""";
    private static final String ACCOUNTS = "SELECT id FROM staff WHERE active AND username = ANY ($1)";
    private static final String IS_THERE = "SELECT 1 FROM mediations WHERE id = $1";
    private static final String PARTIES = """
            SELECT id, mediation_id, applies, name, phone, address, resident, consent, consent_at, signed_on
            FROM mediation_parties WHERE mediation_id = ANY ($1) ORDER BY mediation_id, position""";
    private static final String LINES = """
            SELECT seq, act::text AS act, at, by_id, by_name, by_role, words
            FROM mediation_lines WHERE mediation_id = $1 ORDER BY seq""";

    Future<Long> nextNumber(SqlConnection tx) {
        return tx.query(NUMBER).execute().map(rows -> rows.iterator().next().getLong("nth"));
    }

    /** Fails on the constraint {@code one_running_mediation_per_case} when the case has one. */
    Future<Void> insert(SqlConnection tx, Mediation opened, Line line, String key) {
        Mediation.Facts f = opened.facts();
        Tuple row = Tuple.tuple()
                .addValue(f.id())
                .addValue(f.number())
                .addValue(f.area())
                .addValue(f.kind().name())
                .addValue(f.source().name())
                .addValue(f.caseId())
                .addValue(f.department())
                .addValue(f.facts())
                .addValue(f.wish())
                .addValue(Times.at(f.openedAt()))
                .addValue(f.openedBy())
                .addValue(key)
                .addValue(opened.now().state().name())
                .addValue(opened.now().version());
        List<Tuple> parties = new ArrayList<>();
        for (Party one : opened.parties()) {
            parties.add(Tuple.tuple()
                    .addValue(one.id())
                    .addValue(f.id())
                    .addValue(parties.size())
                    .addValue(one.applies())
                    .addValue(one.name())
                    .addValue(one.phone())
                    .addValue(one.address())
                    .addValue(one.resident())
                    .addValue(one.consent())
                    .addValue(Times.atOrNull(one.consentAt())));
        }
        return tx.preparedQuery(INSERT)
                .execute(row)
                .compose(done -> tx.preparedQuery(ADD_PARTY).executeBatch(parties))
                .compose(done -> addLine(tx, f.id(), line));
    }

    Future<Void> addLine(SqlConnection tx, UUID id, Line line) {
        Line.By by = line.by();
        return tx.preparedQuery(ADD_LINE)
                .execute(Tuple.tuple()
                        .addValue(id)
                        .addValue(line.seq())
                        .addValue(line.act().name())
                        .addValue(Times.at(line.at()))
                        .addValue(by == null ? null : by.id())
                        .addValue(by == null ? null : by.name())
                        .addValue(by == null ? null : by.role())
                        .addValue(line.words()))
                .mapEmpty();
    }

    /** Writes it as it stands, with when the clock must look next; who holds it writes it. */
    Future<Void> save(SqlConnection tx, Mediation after) {
        Mediation.Now n = after.now();
        Tuple row = Tuple.tuple()
                .addValue(after.facts().id())
                .addValue(n.state().name())
                .addValue(n.version())
                .addValue(n.committee())
                .addValue(Papers.mediators(n.mediators()))
                .addValue(Papers.sessions(n.sessions()))
                .addValue(Papers.agreement(n.agreement()))
                .addValue(n.confirmation().name())
                .addValue(Times.atOrNull(n.confirmBy()))
                .addValue(Times.atOrNull(n.endedAt()))
                .addValue(n.ending())
                .addValue(Times.atOrNull(n.due()))
                .addValue(n.dueRule())
                .addArrayOfString(n.reminded().stream().sorted().toArray(String[]::new))
                .addValue(Times.atOrNull(n.state().ended() ? null : Reminder.wake(after)));
        return tx.preparedQuery(UPDATE).execute(row).mapEmpty();
    }

    Future<Void> saveParties(SqlConnection tx, List<Party> parties) {
        List<Tuple> rows = parties.stream()
                .map(one -> Tuple.tuple()
                        .addValue(one.id())
                        .addValue(one.resident())
                        .addValue(one.consent())
                        .addValue(Times.atOrNull(one.consentAt()))
                        .addValue(one.signedOn()))
                .toList();
        return tx.preparedQuery(UPDATE_PARTY).executeBatch(rows).mapEmpty();
    }

    /** Fails with {@code NOT_FOUND}. */
    Future<Mediation> byId(SqlClient on, UUID id) {
        return one(on, BY_ID, Tuple.of(id)).map(MediationStore::there);
    }

    /** Held for this transaction; fails with {@code NOT_FOUND}. */
    Future<Mediation> lock(SqlConnection tx, UUID id) {
        return one(tx, LOCK, Tuple.of(id)).map(MediationStore::there);
    }

    /** Held for this transaction; null where somebody else holds it, or there is none. */
    Future<@Nullable Mediation> lockFree(SqlConnection tx, UUID id) {
        return one(tx, LOCK_FREE, Tuple.of(id));
    }

    Future<@Nullable Mediation> byKey(SqlClient on, UUID who, String key) {
        return one(on, BY_KEY, Tuple.of(who, key));
    }

    Future<@Nullable Mediation> runningOf(SqlClient on, UUID caseId) {
        return one(on, RUNNING_OF_CASE, Tuple.of(caseId));
    }

    /** The one something is due to be said about and that no other node has in hand, held for this transaction; or null. */
    Future<@Nullable Mediation> lockDue(SqlConnection tx, Instant now) {
        return one(tx, LOCK_DUE, Tuple.of(Times.at(now)));
    }

    /** Of mediators who have an account. */
    Future<List<UUID>> accounts(SqlClient on, List<String> users) {
        return users.isEmpty()
                ? Future.succeededFuture(List.of())
                : on.preparedQuery(ACCOUNTS)
                        .execute(Tuple.tuple().addArrayOfString(users.toArray(String[]::new)))
                        .map(rows -> {
                            List<UUID> ids = new ArrayList<>();
                            rows.forEach(row -> ids.add(row.getUUID("id")));
                            return ids;
                        });
    }

    Future<Boolean> isThere(SqlClient on, UUID id) {
        return on.preparedQuery(IS_THERE).execute(Tuple.of(id)).map(rows -> rows.size() > 0);
    }

    Future<List<Line>> lines(SqlClient on, UUID id) {
        return on.preparedQuery(LINES).execute(Tuple.of(id)).map(rows -> {
            List<Line> lines = new ArrayList<>();
            for (Row row : rows) {
                UUID by = row.getUUID("by_id");
                lines.add(new Line(
                        row.getInteger("seq"),
                        MediationAct.valueOf(row.getString("act")),
                        Times.of(row, "at"),
                        by == null ? null : new Line.By(by, row.getString("by_name"), row.getString("by_role")),
                        row.getString("words")));
            }
            return lines;
        });
    }

    /** The mediations of these rows, each with its parties, in the order of the rows. */
    Future<List<Mediation>> whole(SqlClient on, RowSet<Row> rows) {
        Map<UUID, Row> found = new LinkedHashMap<>();
        rows.forEach(row -> found.put(row.getUUID("id"), row));
        if (found.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return on.preparedQuery(PARTIES)
                .execute(Tuple.tuple().addArrayOfUUID(found.keySet().toArray(UUID[]::new)))
                .map(parties -> {
                    Map<UUID, List<Party>> byMediation = new LinkedHashMap<>();
                    parties.forEach(row -> byMediation
                            .computeIfAbsent(row.getUUID("mediation_id"), id -> new ArrayList<>())
                            .add(partyOf(row)));
                    return found.entrySet().stream()
                            .map(entry ->
                                    mediationOf(entry.getValue(), byMediation.getOrDefault(entry.getKey(), List.of())))
                            .toList();
                });
    }

    private Future<@Nullable Mediation> one(SqlClient on, String query, Tuple values) {
        return on.preparedQuery(query)
                .execute(values)
                .compose(rows -> whole(on, rows))
                .map(found -> found.isEmpty() ? null : found.get(0));
    }

    private static Mediation there(@Nullable Mediation found) {
        if (found == null) {
            throw Refusal.notFound("这件调解");
        }
        return found;
    }

    private static Party partyOf(Row row) {
        return new Party(
                row.getUUID("id"),
                row.getBoolean("applies"),
                row.getString("name"),
                row.getString("phone"),
                row.getString("address"),
                row.getUUID("resident"),
                row.getBoolean("consent"),
                Times.orNull(row, "consent_at"),
                row.getLocalDate("signed_on"));
    }

    private static Mediation mediationOf(Row row, List<Party> parties) {
        JsonObject agreement = (JsonObject) row.getValue("agreement");
        return new Mediation(
                new Mediation.Facts(
                        row.getUUID("id"),
                        row.getString("number"),
                        row.getString("area"),
                        MediationKind.valueOf(row.getString("kind")),
                        MediationSource.valueOf(row.getString("source")),
                        row.getUUID("case_id"),
                        row.getString("case_number"),
                        row.getString("department"),
                        row.getString("facts"),
                        row.getString("wish"),
                        Times.of(row, "opened_at"),
                        row.getUUID("opened_by")),
                new Mediation.Now(
                        MediationState.valueOf(row.getString("state")),
                        row.getInteger("version"),
                        row.getUUID("committee"),
                        Papers.mediators(row.getJsonArray("mediators")),
                        Papers.sessions(row.getJsonArray("sessions")),
                        Papers.agreement(agreement),
                        Confirmation.valueOf(row.getString("confirmation")),
                        Times.orNull(row, "confirm_by"),
                        Times.orNull(row, "ended_at"),
                        row.getString("ending"),
                        Times.orNull(row, "due_at"),
                        row.getString("due_rule"),
                        Set.of(row.getArrayOfStrings("reminded"))),
                parties);
    }
}
