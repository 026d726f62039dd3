package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import linge.bot.place.AddressIndex;
import linge.bot.place.FoundPlace;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.NameCheck;
import linge.bot.place.NameKind;
import linge.bot.place.OtherName;
import linge.bot.place.Place;
import linge.db.AuditLog;
import linge.db.Times;
import linge.grids.Grids;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** What people call an area beside its own name: shipped with the gazetteer, or added by the city, which may take it back. */
final class AreaNames {
    /** Names of one area, and of the whole city: every node keeps them in memory. */
    private static final int MOST_OF_AN_AREA = 30;

    private static final int MOST = 20_000;

    private static final String OF_AREA = """
            SELECT n.id, n.name, n.kind::text AS kind, n.added_at, s.name AS by FROM area_names n JOIN staff s ON s.id = n.added_by
            WHERE n.area = $1 AND n.removed_at IS NULL ORDER BY n.id""";
    /** One at a time, so that the limits hold. */
    private static final String IN_TURN = "SELECT pg_advisory_xact_lock(hashtextextended('area_names', 0))";

    private static final String COUNT = """
            SELECT count(*) AS n, count(*) FILTER (WHERE area = $1) AS here, count(*) FILTER (WHERE area = $1 AND name = $2) AS same
            FROM area_names WHERE removed_at IS NULL""";
    private static final String ADD = """
            INSERT INTO area_names (area, name, kind, added_at, added_by)
            VALUES ($1, $2, $3::text::area_name_kind, $4, $5) RETURNING id""";
    private static final String FIND = "SELECT name FROM area_names WHERE id = $1 AND area = $2 AND removed_at IS NULL";
    private static final String REMOVE = """
            UPDATE area_names SET removed_at = $3, removed_by = $4 WHERE id = $1 AND area = $2 AND removed_at IS NULL""";

    private final NameCheck check = new NameCheck();
    private final Pool db;
    private final Clock clock;
    private final Grids grids;

    AreaNames(Pool db, Clock clock, Grids grids) {
        this.db = db;
        this.clock = clock;
        this.grids = grids;
    }

    /** As the contract's {@code AreaNames}; shipped ones first. */
    Future<JsonObject> of(String area, boolean mayChange) {
        place(area);
        return db.preparedQuery(OF_AREA).execute(Tuple.of(area)).map(rows -> {
            AddressIndex index = grids.index().addresses();
            JsonArray items = new JsonArray();
            index.shippedNames(area)
                    .forEach(name -> items.add(shown(index, name)
                            .put("id", null)
                            .put("addedBy", null)
                            .put("addedAt", null)));
            rows.forEach(row -> items.add(shown(index, name(area, row))
                    .put("id", row.getLong("id"))
                    .put("addedBy", row.getString("by"))
                    .put("addedAt", Times.of(row, "added_at").toString())));
            return new JsonObject().put("items", items).put("mayChange", mayChange);
        });
    }

    private static OtherName name(String area, Row row) {
        return new OtherName(area, row.getString("name"), NameKind.valueOf(row.getString("kind")));
    }

    /** Adds a name; done when this node finds the area by it. Fails with {@code NOT_SENSIBLE} at {@code /name}. */
    Future<JsonObject> add(Caller.Staff who, String area, String said, NameKind kind) {
        Place place = place(area);
        OtherName name = new OtherName(area, said, kind);
        String fault = check.fault(name.name());
        if (fault == null) {
            fault = standsAgainst(place, name.name());
        }
        if (fault != null) {
            throw Refusal.notSensible("/name", fault);
        }
        Instant at = clock.instant();
        JsonObject what = new JsonObject().put("name", name.name());
        return AuditLog.with(db, who, "area.name-add", area, what, at, tx -> insert(tx, who, name, at))
                .compose(id -> grids.namesChanged()
                        .map(done -> shown(grids.index().addresses(), name)
                                .put("id", id)
                                .put("addedBy", who.name())
                                .put("addedAt", at.toString())));
    }

    private Future<Long> insert(SqlConnection tx, Caller.Staff who, OtherName name, Instant at) {
        return tx.query(IN_TURN)
                .execute()
                .compose(turn -> tx.preparedQuery(COUNT).execute(Tuple.of(name.code(), name.name())))
                .compose(rows -> {
                    Row counted = rows.iterator().next();
                    if (counted.getLong("same") > 0) {
                        throw Refusal.of(Refusal.Kind.ALREADY_THERE, "这里已经有“" + name.name() + "”这个别名。");
                    }
                    if (counted.getLong("here") >= MOST_OF_AN_AREA || counted.getLong("n") >= MOST) {
                        throw Refusal.notSensible("/name", "别名太多了，请先移除不用的。");
                    }
                    return tx.preparedQuery(ADD)
                            .execute(Tuple.of(
                                    name.code(), name.name(), name.kind().name(), Times.at(at), who.id()));
                })
                .map(rows -> rows.iterator().next().getLong("id"));
    }

    /** Takes a name back; done when this node no longer finds the area by it. */
    Future<Void> remove(Caller.Staff who, String area, long id) {
        place(area);
        return named(db, area, id)
                .compose(name -> AuditLog.with(
                        db,
                        who,
                        "area.name-remove",
                        area,
                        new JsonObject().put("name", name),
                        clock.instant(),
                        tx -> tx.preparedQuery(REMOVE)
                                .execute(Tuple.of(id, area, Times.at(clock.instant()), who.id()))
                                .map(rows -> {
                                    if (rows.rowCount() == 0) {
                                        throw Refusal.notFound("这个别名");
                                    }
                                    return true;
                                })))
                .compose(done -> grids.namesChanged());
    }

    private static Future<String> named(SqlClient on, String area, long id) {
        return on.preparedQuery(FIND).execute(Tuple.of(id, area)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("这个别名");
            }
            return rows.iterator().next().getString("name");
        });
    }

    private Place place(String area) {
        return grids.gazetteer().get(area).orElseThrow(() -> Refusal.notFound("这个村、社区或更大的区域"));
    }

    /** What the names of today have against another: it is known already, or people would be sent to the wrong place. */
    private @Nullable String standsAgainst(Place place, String name) {
        Gazetteer gazetteer = grids.gazetteer();
        AddressIndex index = grids.index().addresses();
        List<Place> known = index.named(name);
        if (name.equals(gazetteer.officialName(place.code()))
                || known.stream().anyMatch(one -> one.code().equals(place.code()))) {
            return "“" + name + "”已经认得，就是" + place.name() + "，不用再加。";
        }
        if (index.isElsewhere(name)) {
            return "“" + name + "”是外地的地名，加上会把外地的事算成这里的。";
        }
        for (Place one : known) {
            if (one.level() != Level.VILLAGE
                    && (name.equals(one.name()) || name.equals(gazetteer.officialName(one.code())))) {
                return "“" + name + "”是" + gazetteer.fullName(one.code()) + "的名字，不能再指别处。";
            }
        }
        return null;
    }

    private JsonObject shown(AddressIndex index, OtherName name) {
        return new JsonObject()
                .put("name", name.name())
                .put("kind", name.kind().name())
                .put("note", note(index, name));
    }

    /** What somebody should know who relies on the name: as it is found, said alone, now. */
    private @Nullable String note(AddressIndex index, OtherName name) {
        String others = index.named(name.name()).stream()
                .map(Place::code)
                .filter(code -> !code.equals(name.code()))
                .map(grids.gazetteer()::fullName)
                .limit(3)
                .collect(Collectors.joining("、"));
        FoundPlace best = index.locate(name.name(), null).best();
        String code = best == null ? null : best.place().code();
        if (!others.isEmpty()) {
            String alone = code == null
                    ? "只写这个名字时会先问是哪一处。"
                    : code.equals(name.code()) ? "只写这个名字时认作这里。" : "只写这个名字时认作那里，写上乡镇才认作这里。";
            return "“" + name.name() + "”也指" + others + "，" + alone;
        }
        return code == null ? "这个名字太短，和县（区）或乡镇（街道）写在一起才找得到。" : null;
    }
}
