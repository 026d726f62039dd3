package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import linge.db.Times;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Names;
import linge.shared.QrCode;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The public page of one case (一案一码): which steps it took, when, at which office, and the seals of its history. Nothing of
 * anybody: no words, no names, no place below the town. Whoever has the code is trusted with that and with no more.
 */
public final class Proof {

    private static final String FIND =
            "SELECT id, number, filed_at, state::text AS state, history_head FROM cases WHERE proof_token = $1";
    private static final String LINES =
            "SELECT hash, " + CaseStore.LINE_COLUMNS + " FROM case_history WHERE case_id = $1 ORDER BY seq";

    private final Pool db;
    private final Names names;
    private final Brake brake;
    private final @Nullable String publicUrl;
    private final HistoryCheck check = new HistoryCheck();

    /** @param publicUrl where our pages are; null: where each request reached us */
    public Proof(Pool db, Names names, Brake brake, @Nullable String publicUrl) {
        this.db = db;
        this.names = names;
        this.brake = brake;
        this.publicUrl = publicUrl;
    }

    public void mount(Contract contract) {
        contract.on("getProof", this::get).on("getProofCode", this::code);
    }

    private Future<Answer> get(Call call) {
        brake.take(call.address());
        return db.preparedQuery(FIND).execute(Tuple.of(call.path("token"))).compose(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这个凭证");
            }
            Row found = rows.iterator().next();
            return check.verify(db, found.getString("number"))
                    .compose(checked -> db.preparedQuery(LINES)
                            .execute(Tuple.of(found.getUUID("id")))
                            .map(lines -> shown(found, lines, checked.broken().isEmpty())));
        });
    }

    private Answer shown(Row found, Iterable<Row> lines, boolean whole) {
        JsonArray steps = new JsonArray();
        for (Row row : lines) {
            HistoryLine line = CaseStore.lineOf(row);
            steps.add(new JsonObject()
                    .put("seq", line.seq())
                    .put("move", line.move().name())
                    .put("label", line.move().label())
                    .put("state", line.to().name())
                    .put("stateName", line.to().label())
                    .put("at", line.at().toString())
                    .put("office", office(line.holder()))
                    .put("hash", row.getString("hash")));
        }
        CaseState state = CaseState.valueOf(found.getString("state"));
        return Answer.ok(new JsonObject()
                        .put("number", found.getString("number"))
                        .put("filedAt", Times.of(found, "filed_at").toString())
                        .put("state", state.name())
                        .put("stateName", state.label())
                        .put("whole", whole)
                        .put("head", found.getString("history_head"))
                        .put("steps", steps))
                .with("cache-control", "no-store");
    }

    /** A grid or a village would say where somebody lives: such offices are called by their kind and town. */
    private String office(Holder holder) {
        AreaLevel level = holder.level();
        if (holder.department() != null || level.compareTo(AreaLevel.TOWN) >= 0) {
            return names.office(holder.area(), holder.department());
        }
        String town = holder.area().substring(0, AreaLevel.TOWN.digits());
        return names.area(town) + (level == AreaLevel.GRID ? "的网格" : "的村（社区）");
    }

    /** The page's address as a code to scan; the page says where it is. */
    private Future<Answer> code(Call call) {
        brake.take(call.address());
        String token = call.path("token");
        return db.preparedQuery(FIND).execute(Tuple.of(token)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这个凭证");
            }
            QrCode code = QrCode.of(origin(call) + "/proof/" + token);
            return Answer.ok(new JsonObject().put("side", code.side()).put("path", code.path()));
        });
    }

    private String origin(Call call) {
        String set = publicUrl;
        return set == null
                ? call.ctx().request().scheme() + "://" + call.ctx().request().authority()
                : set.endsWith("/") ? set.substring(0, set.length() - 1) : set;
    }
}
