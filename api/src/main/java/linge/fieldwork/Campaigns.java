package linge.fieldwork;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.db.AuditLog;
import linge.db.Times;
import linge.grids.Grid;
import linge.grids.Grids;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Door-knock campaigns (敲门行动): called out for an area and some days, counted by households covered, grid by grid. */
final class Campaigns {

    private static final int MOST = 50;

    private static final String SHOWN = """
            SELECT c.*, s.name AS by_name, t.covered, t.absent, t.people FROM campaigns c
            JOIN staff s ON s.id = c.created_by
            CROSS JOIN LATERAL (
              SELECT coalesce(sum(households), 0)::bigint AS covered, coalesce(sum(absent), 0)::bigint AS absent,
                coalesce(sum(people), 0)::bigint AS people
              FROM field_logs WHERE campaign = c.id AND voided_at IS NULL AND area LIKE $1 || '%') t""";
    private static final String LIST = SHOWN + "\n" + """
            WHERE (c.area LIKE $1 || '%' OR $1 LIKE c.area || '%')
            ORDER BY (c.ended_at IS NULL AND c.ends >= $2) DESC, c.ends DESC, c.id DESC LIMIT $3""";
    private static final String BY_ID = SHOWN + " WHERE c.id = $2";
    private static final String BY_GRID = """
            SELECT area, sum(households)::bigint AS covered, sum(absent)::bigint AS absent FROM field_logs
            WHERE campaign = $1 AND voided_at IS NULL AND area LIKE $2 || '%' GROUP BY area""";
    private static final String ADD = """
            INSERT INTO campaigns (area, title, words, begins, ends, created_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id""";
    private static final String END = "UPDATE campaigns SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
    private static final String OPEN = "SELECT area, begins, ends, ended_at FROM campaigns WHERE id = $1";

    private final Pool db;
    private final Clock clock;
    private final Grids grids;
    private final Names names;

    Campaigns(Pool db, Clock clock, Grids grids, Names names) {
        this.db = db;
        this.clock = clock;
        this.grids = grids;
        this.names = names;
    }

    /** Those that concern somebody, the running ones first; what they read counts what lies in their own area. */
    Future<JsonArray> list(Caller.Staff who) {
        return db.preparedQuery(LIST)
                .execute(Tuple.of(who.area(), today(), MOST))
                .map(rows -> {
                    JsonArray items = new JsonArray();
                    rows.forEach(row -> items.add(shown(row, who)));
                    return items;
                });
    }

    /** One campaign with its grids; fails with {@code NOT_FOUND} where it does not concern the asker. */
    Future<JsonObject> get(Caller.Staff who, long id) {
        return found(who, id)
                .compose(row -> db.preparedQuery(BY_GRID)
                        .execute(Tuple.of(id, who.area()))
                        .map(rows -> {
                            Map<String, Row> counted = new HashMap<>();
                            rows.forEach(one -> counted.put(one.getString("area"), one));
                            JsonArray byGrid = new JsonArray();
                            grids(row.getString("area"), who).forEach(grid -> {
                                Row one = counted.get(grid.code());
                                byGrid.add(new JsonObject()
                                        .put("code", grid.code())
                                        .put("name", grid.name())
                                        .put("households", grid.households())
                                        .put("covered", one == null ? 0L : one.getLong("covered"))
                                        .put("absent", one == null ? 0L : one.getLong("absent")));
                            });
                            return shown(row, who).put("grids", byGrid);
                        }));
    }

    Future<JsonObject> add(
            Caller.Staff who, String area, String title, @Nullable String words, LocalDate begins, LocalDate ends) {
        if (!AreaLevel.isCode(area)
                || !AreaLevel.covers(who.area(), area)
                || names.area(area).equals(area)) {
            throw Refusal.notSensible("/area", "只能在自己的辖区内发起敲门行动。");
        }
        if (ends.isBefore(begins) || begins.plusYears(1).isBefore(ends)) {
            throw Refusal.notSensible("/ends", "结束日期应在开始日期之后、一年之内。");
        }
        JsonObject when = new JsonObject()
                .put("area", area)
                .put("begins", begins.toString())
                .put("ends", ends.toString());
        return AuditLog.with(
                        db,
                        who,
                        "campaign.add",
                        title,
                        when,
                        clock.instant(),
                        tx -> tx.preparedQuery(ADD)
                                .execute(Tuple.of(
                                        area, title, words, begins, ends, who.id(), Times.at(clock.instant()))))
                .compose(rows -> get(who, rows.iterator().next().getLong("id")));
    }

    /** Whoever leads the campaign's whole area may end it. */
    Future<JsonObject> end(Caller.Staff who, long id) {
        return found(who, id).compose(row -> {
            if (!AreaLevel.covers(who.area(), row.getString("area"))) {
                throw Refusal.notAllowed("这次敲门行动由发起的单位来结束。");
            }
            if (row.getValue("ended_at") != null) {
                return get(who, id);
            }
            return AuditLog.with(
                            db,
                            who,
                            "campaign.end",
                            row.getString("title"),
                            new JsonObject().put("area", row.getString("area")),
                            clock.instant(),
                            tx -> tx.preparedQuery(END).execute(Tuple.of(id, Times.at(clock.instant()))))
                    .compose(done -> get(who, id));
        });
    }

    /** Refuses an entry for a campaign that does not run here or did not run then. */
    Future<Void> open(Caller.Staff who, @Nullable Long id, Instant at) {
        if (id == null) {
            return Future.succeededFuture();
        }
        return db.preparedQuery(OPEN).execute(Tuple.of(id)).map(rows -> {
            Row row = rows.size() == 0 ? null : rows.iterator().next();
            if (row == null || !AreaLevel.covers(row.getString("area"), who.area())) {
                throw Refusal.notSensible("/campaign", "没有这次敲门行动，请重新选择。");
            }
            LocalDate day = LocalDate.ofInstant(at, Grids.SHANGHAI);
            Instant ended = Times.orNull(row, "ended_at");
            if (day.isBefore(row.getLocalDate("begins"))
                    || day.isAfter(row.getLocalDate("ends"))
                    || ended != null && at.isAfter(ended)) {
                throw Refusal.notSensible("/campaign", "那一天这次敲门行动没有进行。");
            }
            return null;
        });
    }

    private Future<Row> found(Caller.Staff who, long id) {
        return db.preparedQuery(BY_ID).execute(Tuple.of(who.area(), id)).map(rows -> {
            Row row = rows.size() == 0 ? null : rows.iterator().next();
            if (row == null || !FieldPolicy.concerns(who, row.getString("area"))) {
                throw Refusal.notFound("这次敲门行动");
            }
            return row;
        });
    }

    /** The grids of a campaign that lie in the asker's own area. */
    private List<Grid> grids(String area, Caller.Staff who) {
        String within = area.length() > who.area().length() ? area : who.area();
        return grids.index().all().stream()
                .filter(grid -> AreaLevel.covers(within, grid.code()))
                .toList();
    }

    private JsonObject shown(Row row, Caller.Staff who) {
        String area = row.getString("area");
        Instant ended = Times.orNull(row, "ended_at");
        LocalDate today = today();
        boolean running = ended == null
                && !today.isBefore(row.getLocalDate("begins"))
                && !today.isAfter(row.getLocalDate("ends"));
        return new JsonObject()
                .put("id", row.getLong("id"))
                .put("area", area)
                .put("areaName", names.area(area))
                .put("title", row.getString("title"))
                .put("words", row.getString("words"))
                .put("begins", row.getLocalDate("begins").toString())
                .put("ends", row.getLocalDate("ends").toString())
                .put("endedAt", ended == null ? null : ended.toString())
                .put("running", running)
                .put("by", row.getString("by_name"))
                .put(
                        "households",
                        grids(area, who).stream().mapToLong(Grid::households).sum())
                .put("covered", row.getLong("covered"))
                .put("absent", row.getLong("absent"))
                .put("people", row.getLong("people"))
                .put("mayEnd", ended == null && FieldPolicy.leads(who) && AreaLevel.covers(who.area(), area));
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), Grids.SHANGHAI);
    }
}
