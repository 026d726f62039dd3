package linge.mediation;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import linge.db.AuditLog;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** 人民调解委员会: where they are, for what, and who mediates there; looked after by administrators. */
final class Committees {

    private static final String COLUMNS =
            "id, version, name, area, kinds::text[] AS kinds, phone, address, mediators, active";
    private static final String AROUND = "SELECT " + COLUMNS + """
             FROM mediation_committees WHERE ($2 OR active) AND ($1 LIKE area || '%' OR area LIKE $1 || '%')
            ORDER BY area, name LIMIT 500""";
    private static final String BY_ID = "SELECT " + COLUMNS + " FROM mediation_committees WHERE id = $1";
    private static final String HAS_ON = """
            SELECT EXISTS (SELECT FROM mediation_committees
                WHERE active AND mediators @> jsonb_build_array(jsonb_build_object('user', $1::text))) AS found""";
    private static final String ADD = """
            INSERT INTO mediation_committees (name, area, kinds, phone, address, mediators, active)
            VALUES ($1, $2, $3::text[]::mediation_kind[], $4, $5, $6, $7) RETURNING\s""" + COLUMNS;
    private static final String CHANGE = """
            UPDATE mediation_committees SET name = $1, area = $2, kinds = $3::text[]::mediation_kind[], phone = $4, address = $5,
              mediators = $6, active = $7, version = version + 1
            WHERE id = $8 AND version = $9 RETURNING\s""" + COLUMNS;
    /** Somebody to turn to in a made-up city; each says that it is made up. */
    private static final String MADE_UP = """
            INSERT INTO mediation_committees (name, area, kinds, mediators)
            SELECT k.name || '（演示）', a.area, k.kinds::mediation_kind[], k.mediators::jsonb
            FROM (SELECT DISTINCT left(area, 6) AS area FROM staff WHERE demo AND length(area) >= 6) a,
              (VALUES ('人民调解委员会', '{}', '[{"name": "郭调解"}, {"name": "孟调解"}]'),
                ('婚姻家庭纠纷人民调解委员会', '{FAMILY}', '[{"name": "温调解"}, {"name": "郝调解"}]'),
                ('邻里物业纠纷人民调解委员会', '{NEIGHBOURS,PROPERTY}', '[{"name": "申调解"}, {"name": "常调解"}]'),
                ('道路交通事故人民调解委员会', '{TRAFFIC}', '[{"name": "靳调解"}]'),
                ('医疗纠纷人民调解委员会', '{MEDICAL}', '[{"name": "暴调解"}]'),
                ('劳动争议人民调解委员会', '{LABOUR}', '[{"name": "原调解"}]')) AS k (name, kinds, mediators)
            WHERE NOT EXISTS (SELECT FROM mediation_committees)
            ON CONFLICT DO NOTHING""";

    private final Pool db;
    private final Clock clock;
    private final Names names;

    Committees(Pool db, Clock clock, Names names) {
        this.db = db;
        this.clock = clock;
        this.names = names;
    }

    /** One committee. */
    record Committee(
            UUID id,
            int version,
            String name,
            String area,
            List<MediationKind> kinds,
            @Nullable String phone,
            @Nullable String address,
            List<Mediator> mediators,
            boolean active) {

        /** For this kind by name comes first, then for all kinds; of those the nearest. */
        int fit(MediationKind kind, String at) {
            int forIt = kinds.contains(kind) ? 100 : kinds.isEmpty() ? 50 : 0;
            return AreaLevel.covers(area, at) ? forIt + area.length() : 0;
        }

        boolean suits(MediationKind kind, String at) {
            return active && AreaLevel.covers(area, at) && (kinds.isEmpty() || kinds.contains(kind));
        }
    }

    /** Schema {@code MediationCommittee}, a list: those that suit first, the best of them marked. */
    Future<JsonArray> list(String area, @Nullable MediationKind kind, boolean all) {
        return db.preparedQuery(AROUND).execute(Tuple.of(area, all)).map(rows -> {
            List<Committee> found = new ArrayList<>();
            rows.forEach(row -> found.add(of(row)));
            if (kind != null) {
                found.sort(Comparator.comparingInt((Committee one) -> one.fit(kind, area))
                        .reversed()
                        .thenComparing(Committee::name));
            }
            JsonArray shown = new JsonArray();
            for (Committee one : found) {
                boolean suits = kind != null && one.suits(kind, area);
                shown.add(shown(one).put("suits", suits).put("suggested", suits && shown.isEmpty()));
            }
            return shown;
        });
    }

    /** Null when there is none. */
    Future<@Nullable Committee> find(UUID id) {
        return db.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0 ? null : of(rows.iterator().next()));
    }

    /** Whether a committee in use has this person among its mediators. */
    Future<Boolean> hasOn(Caller.Staff who) {
        return db.preparedQuery(HAS_ON)
                .execute(Tuple.of(who.user()))
                .map(rows -> rows.iterator().next().getBoolean("found"));
    }

    /** Adds one, or changes it; fails with {@code STALE_VERSION} when it changed meanwhile, {@code ALREADY_THERE} for a name in use. */
    Future<JsonObject> keep(Caller.Staff who, @Nullable UUID id, int version, Committee wanted) {
        if (!MediationPolicy.keepsCommittees(who, wanted.area())) {
            throw Refusal.notAllowed("调解委员会由本区域的管理员维护。");
        }
        return db.withTransaction(tx -> {
                    Tuple values = Tuple.tuple()
                            .addValue(wanted.name())
                            .addValue(wanted.area())
                            .addArrayOfString(
                                    wanted.kinds().stream().map(Enum::name).toArray(String[]::new))
                            .addValue(wanted.phone())
                            .addValue(wanted.address())
                            .addValue(Papers.mediators(wanted.mediators()))
                            .addValue(wanted.active());
                    Future<Committee> before = id == null
                            ? Future.succeededFuture(wanted)
                            : tx.preparedQuery(BY_ID).execute(Tuple.of(id)).map(rows -> {
                                if (rows.size() == 0) {
                                    throw Refusal.notFound("这个调解委员会");
                                }
                                return of(rows.iterator().next());
                            });
                    return before.compose(was -> {
                                if (!MediationPolicy.keepsCommittees(who, was.area())) {
                                    throw Refusal.notAllowed("调解委员会由本区域的管理员维护。");
                                }
                                return id == null
                                        ? tx.preparedQuery(ADD).execute(values)
                                        : tx.preparedQuery(CHANGE)
                                                .execute(values.addValue(id).addValue(version));
                            })
                            .compose(rows -> {
                                if (rows.size() == 0) {
                                    throw Refusal.of(Refusal.Kind.STALE_VERSION, "这个调解委员会刚刚有人改过，请看过最新内容再改。");
                                }
                                Committee kept = of(rows.iterator().next());
                                return AuditLog.write(
                                                tx,
                                                who,
                                                id == null ? "committee.add" : "committee.change",
                                                kept.name(),
                                                new JsonObject()
                                                        .put("area", kept.area())
                                                        .put("version", kept.version()),
                                                clock.instant())
                                        .map(shown(kept).put("suits", false).put("suggested", false));
                            });
                })
                .recover(failure -> Future.failedFuture(
                        failure instanceof PgException pg && "one_committee_of_a_name".equals(pg.getConstraint())
                                ? Refusal.of(Refusal.Kind.ALREADY_THERE, "本区域已经有同名的调解委员会。")
                                : failure));
    }

    Future<Void> makeUp() {
        return db.query(MADE_UP).execute().mapEmpty();
    }

    private JsonObject shown(Committee one) {
        return new JsonObject()
                .put("id", one.id().toString())
                .put("version", one.version())
                .put("name", one.name())
                .put("area", one.area())
                .put("areaName", names.area(one.area()))
                .put("kinds", one.kinds().stream().map(Enum::name).collect(Papers.array()))
                .put("phone", one.phone())
                .put("address", one.address())
                .put("mediators", Papers.mediators(one.mediators()))
                .put("active", one.active());
    }

    private static Committee of(Row row) {
        List<MediationKind> kinds = new ArrayList<>();
        for (String kind : row.getArrayOfStrings("kinds")) {
            kinds.add(MediationKind.valueOf(kind));
        }
        return new Committee(
                row.getUUID("id"),
                row.getInteger("version"),
                row.getString("name"),
                row.getString("area"),
                kinds,
                row.getString("phone"),
                row.getString("address"),
                Papers.mediators(row.getJsonArray("mediators")),
                row.getBoolean("active"));
    }
}
