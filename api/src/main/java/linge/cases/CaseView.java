package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import linge.bot.place.Gazetteer;
import linge.media.Media;
import linge.media.MediaItem;
import linge.notify.Addresses;
import linge.residents.Phone;
import linge.residents.Residents;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/** Cases as the contract shows them, to each caller what they may see. */
final class CaseView {

    private final DispatchTargets targets;
    private final Residents residents;
    private final Media media;
    private final Names names;
    private final Clock clock;
    private final Pool db;
    private final Addresses addresses;
    private final WorkingTime time = WorkingTime.shipped();

    CaseView(Pool db, DispatchTargets targets, Residents residents, Media media, Names names, Clock clock) {
        this.db = db;
        this.targets = targets;
        this.residents = residents;
        this.media = media;
        this.names = names;
        this.clock = clock;
        this.addresses = new Addresses(db, clock);
    }

    static CaseView on(Cases.Ground on) {
        return new CaseView(
                on.db(),
                new DispatchTargets(on.staff(), on.grids(), on.names()),
                on.residents(),
                on.media(),
                on.names(),
                on.clock());
    }

    /** Schema {@code CaseSummary}. */
    JsonObject summary(Case c) {
        Case.Facts f = c.facts();
        Case.Now n = c.now();
        return new JsonObject()
                .put("number", f.number())
                .put("state", n.state().name())
                .put("stateName", n.state().label())
                .put("step", n.state().step().name())
                .put("version", n.version())
                .put("text", f.text())
                .put("category", names.category(f.category()))
                .put("urgency", f.urgency().name())
                .put("grid", grid(f))
                .put("place", place(f.area()))
                .put("due", text(n.due()))
                .put("overdue", overdue(n))
                .put("supervised", n.supervised())
                .put("urges", n.urges())
                .put("thumbnail", null)
                .put("filedAt", text(f.filedAt()))
                .put("updatedAt", text(n.updatedAt()));
    }

    /** Schema {@code Case}, with what this caller may do now. */
    Future<JsonObject> whole(Case c, Caller caller) {
        return media.ofCase(db, c.facts().id())
                .compose(items -> reporter(c, caller)
                        .compose(reporter -> moves(c, caller).map(moves -> whole(c, caller, items, reporter, moves))))
                .compose(view -> smsBouncedAt(c, caller).map(at -> view.put("smsBouncedAt", text(at))));
    }

    /** Since when SMS do not reach who filed it: staff are to call instead, also those who may not see the number. */
    private Future<@Nullable Instant> smsBouncedAt(Case c, Caller caller) {
        if (!(caller instanceof Caller.Staff)) {
            return Future.succeededFuture();
        }
        return residents
                .profile(c.facts().resident())
                .compose(profile -> {
                    String phone = profile.phone();
                    return phone == null
                            ? Future.<Addresses.@Nullable Address>succeededFuture()
                            : addresses.find(Addresses.PHONE, phone);
                })
                .map(found -> found == null ? null : found.bouncedAt());
    }

    private JsonObject whole(
            Case c,
            Caller caller,
            Map<Integer, List<MediaItem>> items,
            @Nullable JsonObject reporter,
            JsonArray moves) {
        Case.Facts f = c.facts();
        Case.Now n = c.now();
        Case.Rating rating = n.rating();
        JsonArray filed = new JsonArray();
        items.values().forEach(added -> added.forEach(item -> filed.add(item.toJson())));
        JsonObject view = summary(c)
                .put("department", names.department(f.department()))
                .put("address", f.address())
                .put(
                        "point",
                        f.lon() == null
                                ? null
                                : new JsonObject()
                                        .put("lon", f.lon())
                                        .put("lat", f.lat())
                                        .put("crs", "wgs84"))
                .put("privacy", f.privacy().name())
                .put("reporter", reporter)
                .put("mayReveal", caller instanceof Caller.Staff staff && CasePolicy.mayReveal(staff, c))
                .put("hotline", f.hotline())
                .put("clock", dueClock(n))
                .put("holder", holder(n.holder()))
                .put("media", filed)
                .put("answer", n.answer())
                .put(
                        "rating",
                        rating == null
                                ? null
                                : new JsonObject()
                                        .put("score", rating.score())
                                        .put("words", rating.words())
                                        .put("at", text(rating.at())))
                .put("moves", moves);
        if (!filed.isEmpty()) {
            view.put("thumbnail", filed.getJsonObject(0).getString("thumbnail"));
        }
        return view;
    }

    /** Schema {@code HistoryLine}: residents read roles and offices, staff also names; nobody reads a hidden resident's. */
    JsonObject line(HistoryLine line, Map<Integer, List<MediaItem>> items, Caller caller) {
        JsonArray added = new JsonArray();
        items.getOrDefault(line.seq(), List.of()).forEach(item -> added.add(item.toJson()));
        HistoryLine.By by = line.by();
        String area = by.area();
        boolean named =
                caller instanceof Caller.Staff || by.role() != null && by.role().inGrid();
        return new JsonObject()
                .put("seq", line.seq())
                .put("move", line.move().name())
                .put("label", line.move().label())
                .put("from", line.from() == null ? null : line.from().name())
                .put("to", line.to().name())
                .put("at", text(line.at()))
                .put("words", line.words())
                .put("media", added)
                .put(
                        "by",
                        new JsonObject()
                                .put("kind", by.kind().name())
                                .put("name", named ? by.name() : null)
                                .put(
                                        "role",
                                        by.role() == null ? null : by.role().name())
                                .put(
                                        "roleName",
                                        by.role() == null ? null : by.role().label())
                                .put("area", area == null ? null : names.area(area)))
                .put("holder", holder(line.holder()));
    }

    private Future<@Nullable JsonObject> reporter(Case c, Caller caller) {
        boolean sees = caller instanceof Caller.Resident
                || caller instanceof Caller.Staff staff && CasePolicy.seesReporter(staff, c);
        if (!sees) {
            return Future.succeededFuture();
        }
        return residents
                .profile(c.facts().resident())
                .map(profile -> new JsonObject()
                        .put("name", profile.name())
                        .put(
                                "phone",
                                caller instanceof Caller.Resident
                                        ? Phone.maskedOrNull(profile.phone())
                                        : profile.phone()));
    }

    private Future<JsonArray> moves(Case c, Caller caller) {
        Actor actor = Actor.of(caller);
        JsonArray moves = new JsonArray();
        boolean dispatches = false;
        for (Move move : Move.values()) {
            boolean possible = move.from().contains(c.now().state())
                    && !move.ofFeature()
                    && CasePolicy.mayMake(actor, move, c)
                    && Standing.against(move, c, actor, clock.instant(), new Rules(time, Chain.CENTRES)) == null;
            if (!possible) {
                continue;
            }
            dispatches |= move == Move.DISPATCH;
            moves.add(new JsonObject()
                    .put("move", move.name())
                    .put("label", move.label())
                    .put("needs", new JsonArray(move.needs())));
        }
        if (!dispatches) {
            return Future.succeededFuture(moves);
        }
        return targets.of(((Actor.Staff) actor).who(), c).map(targets -> {
            moves.stream()
                    .map(JsonObject.class::cast)
                    .filter(move -> move.getString("move").equals(Move.DISPATCH.name()))
                    .forEach(move -> move.put("targets", targets));
            return moves;
        });
    }

    private JsonObject holder(Holder holder) {
        return new JsonObject()
                .put("level", holder.level().name())
                .put("code", holder.area())
                .put("name", names.office(holder.area(), holder.department()))
                .put("department", names.department(holder.department()));
    }

    private @Nullable JsonObject place(String area) {
        String place = AreaLevel.of(area) == AreaLevel.GRID ? AreaLevel.above(area) : area;
        return Gazetteer.shipped()
                .get(place)
                .map(found -> new JsonObject()
                        .put("code", found.code())
                        .put("name", found.name())
                        .put("level", AreaLevel.of(found.code()).name())
                        .put("fullName", Gazetteer.shipped().fullName(found.code())))
                .orElse(null);
    }

    private static @Nullable JsonObject grid(Case.Facts f) {
        JsonObject grid = f.grid();
        if (grid == null) {
            return null;
        }
        JsonObject shown = grid.copy();
        shown.remove("version");
        return shown;
    }

    private @Nullable JsonObject dueClock(Case.Now n) {
        DueRule rule = n.rule();
        if (rule == null) {
            return null;
        }
        return new JsonObject()
                .put("rule", rule.label())
                .put("article", rule.article())
                .put("startedAt", text(n.clockStarted()))
                .put("due", text(n.due()))
                .put("overdue", overdue(n));
    }

    private boolean overdue(Case.Now n) {
        Instant due = n.due();
        return due != null && due.isBefore(clock.instant());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
