package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.bot.triage.Urgency;
import linge.clocks.Subjects;
import linge.shared.Caller;
import linge.shared.Names;

/** Says which cases clocks run for, to those who may see them. */
public final class CaseSubjects implements Subjects {

    private static final String BY_IDS = "SELECT " + CaseStore.COLUMNS + " FROM cases WHERE id = ANY($1)";
    private static final int BEGINNING = 60;

    private final Pool db;
    private final Names names;

    public CaseSubjects(Pool db, Names names) {
        this.db = db;
        this.names = names;
    }

    @Override
    public Future<Map<UUID, JsonObject>> shown(Caller.Staff who, List<UUID> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : db.preparedQuery(BY_IDS)
                        .execute(Tuple.tuple().addArrayOfUUID(ids.toArray(UUID[]::new)))
                        .map(rows -> {
                            Map<UUID, JsonObject> shown = new HashMap<>();
                            rows.forEach(row -> {
                                Case found = CaseStore.caseOf(row);
                                if (CasePolicy.maySee(who, found)) {
                                    shown.put(found.facts().id(), shown(found));
                                }
                            });
                            return shown;
                        });
    }

    private JsonObject shown(Case c) {
        Case.Facts facts = c.facts();
        Holder holder = c.now().holder();
        JsonObject category = names.category(facts.category());
        String text = facts.text();
        return new JsonObject()
                .put("number", facts.number())
                .put(
                        "text",
                        text.codePointCount(0, text.length()) > BEGINNING
                                ? text.substring(0, text.offsetByCodePoints(0, BEGINNING)) + "…"
                                : text)
                .put(
                        "category",
                        category == null
                                ? null
                                : String.join(
                                        "·",
                                        category.getJsonArray("path").stream()
                                                .map(String::valueOf)
                                                .toList()))
                .put("state", c.now().state().name())
                .put("stateName", c.now().state().label())
                .put("holder", names.office(holder.area(), holder.department()))
                .put("urgent", facts.urgency() != Urgency.NORMAL);
    }
}
