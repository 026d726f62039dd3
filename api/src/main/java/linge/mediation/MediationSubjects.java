package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import linge.clocks.Subjects;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/**
 * Says for which mediations clocks run, to those who may see them: what it is about, where, and who settles it. Nobody's name, and not
 * what was written about the dispute, as a board is read aloud.
 */
final class MediationSubjects implements Subjects {

    /** Profile of all rules that mediations run by. */
    private static final String PROFILE = "mediation";

    private static final String BY_IDS = "SELECT " + MediationStore.COLUMNS
            + ", (SELECT k.name FROM mediation_committees k WHERE k.id = m.committee) AS office" + MediationStore.FROM
            + "WHERE m.id = ANY ($1)";
    /** What a mediator was given, outside of an area that is theirs to look after (null: none is). */
    private static final String GIVEN = """
            SELECT m.id FROM mediations m
            WHERE starts_with(m.area, left($1, 6)) AND m.ended_at IS NULL AND ($3::text IS NULL OR NOT starts_with(m.area, $3))
              AND m.mediators @> jsonb_build_array(jsonb_build_object('user', $2::text))
            ORDER BY m.due_at, m.id LIMIT 200""";

    private final Pool db;
    private final MediationStore store;
    private final Names names;

    MediationSubjects(Pool db, MediationStore store, Names names) {
        this.db = db;
        this.store = store;
        this.names = names;
    }

    @Override
    public Future<Map<UUID, JsonObject>> shown(Caller.Staff who, List<UUID> ids) {
        if (ids.isEmpty()) {
            return Future.succeededFuture(Map.of());
        }
        return db.preparedQuery(BY_IDS)
                .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                .compose(rows -> {
                    Map<UUID, String> offices = new HashMap<>();
                    for (Row row : rows) {
                        offices.put(row.getUUID("id"), Objects.requireNonNullElse(row.getString("office"), ""));
                    }
                    return store.whole(db, rows).map(found -> {
                        Map<UUID, JsonObject> shown = new HashMap<>();
                        for (Mediation one : found) {
                            UUID id = one.facts().id();
                            if (MediationPolicy.maySee(who, one)) {
                                shown.put(id, shown(one, offices.get(id)));
                            }
                        }
                        return shown;
                    });
                });
    }

    private JsonObject shown(Mediation one, @Nullable String office) {
        Mediation.Facts facts = one.facts();
        return new JsonObject()
                .put("mediation", facts.id().toString())
                .put("number", facts.number())
                .put("text", facts.kind().label() + "纠纷 · " + names.area(facts.area()))
                .put("category", null)
                .put("state", one.now().state().name())
                .put("stateName", one.now().state().label())
                .put("holder", office == null || office.isEmpty() ? "还没有指派调解委员会" : office)
                .put("urgent", false);
    }

    /** A desk sees all of its area; a grid's team only what one of them mediates, wherever it is. */
    @Override
    public Future<Sight> sight(Caller.Staff who) {
        boolean desk = MediationPolicy.atDesk(who, who.area());
        return db.preparedQuery(GIVEN)
                .execute(Tuple.of(who.area(), who.user(), desk ? who.area() : null))
                .map(rows -> {
                    List<UUID> given = new ArrayList<>();
                    rows.forEach(row -> given.add(row.getUUID("id")));
                    return new Sight(desk ? Set.of() : Set.of(PROFILE), given);
                });
    }
}
