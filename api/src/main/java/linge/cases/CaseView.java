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
import linge.clocks.WorkingTime;
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
    private final CaseStore store = new CaseStore();
    private final Hats hats;
    private final Chains chains;

    private CaseView(Cases.Ground on, DispatchTargets targets) {
        this.db = on.db();
        this.targets = targets;
        this.residents = on.residents();
        this.media = on.media();
        this.names = on.names();
        this.clock = on.clock();
        this.addresses = new Addresses(db, clock);
        this.hats = new Hats(on.staff().posts());
        this.chains = new Chains(on.staff());
    }

    static CaseView on(Cases.Ground on) {
        return new CaseView(on, new DispatchTargets(on.staff(), on.grids(), on.names()));
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
                .put("updatedAt", text(n.updatedAt()))
                .put("demo", f.demo());
    }

    /** Schema {@code Case}, with what this caller may do now. */
    Future<JsonObject> whole(Case c, Caller caller) {
        return media.ofCase(db, c.facts().id())
                .compose(items -> reporter(c, caller)
                        .compose(reporter -> moves(c, caller).map(moves -> whole(c, caller, items, reporter, moves))))
                .compose(view -> smsBouncedAt(c, caller).map(at -> view.put("smsBouncedAt", text(at))))
                .compose(view -> chains.shown(db, c).map(chain -> view.put("chain", chain)))
                .compose(view -> store.proofToken(db, c.facts().id()).map(token -> view.put("proof", token)));
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
                .put("tier", n.tier() == null ? null : n.tier().label())
                .put("listed", n.listed())
                .put("returns", n.returns())
                .put("disputed", n.disputed())
                .put("settled", n.settled())
                .put("suspended", suspended(n))
                .put("extension", extension(n))
                .put("assisting", offices(n.assisting()))
                .put("merged", n.mergedInto() != null)
                .put("visited", n.visited() == null ? null : n.visited().name())
                .put("confirmed", n.confirmed())
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
                                .put("area", area == null ? null : names.area(area))
                                .put("actingFor", named ? by.actingFor() : null))
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
                                // A phone carried through the grid is a phone that gets lost: its pages call through
                                // a privacy number, or ask for the number with a purpose.
                                caller instanceof Caller.Staff staff
                                                && !staff.role().inGrid()
                                        ? profile.phone()
                                        : Phone.maskedOrNull(profile.phone())));
    }

    /** What this caller may do now, in the own post or in one they stand in for. */
    private Future<JsonArray> moves(Case c, Caller caller) {
        return hats.of(db, caller).compose(hats -> {
            Rules rules = new Rules(time, Chain.CENTRES);
            JsonArray moves = new JsonArray();
            Actor dispatcher = null;
            for (Move move : Move.values()) {
                Actor hat = hat(hats, move, c, rules);
                if (hat == null) {
                    continue;
                }
                dispatcher = move == Move.DISPATCH || move == Move.ARBITRATE ? hat : dispatcher;
                JsonObject offered = new JsonObject()
                        .put("move", move.name())
                        .put("label", move.label())
                        .put("needs", new JsonArray(needs(move, c.now())));
                moves.add(move == Move.TRANSFER ? offered.put("targets", targets.neighbours(c)) : offered);
            }
            return dispatcher == null
                    ? Future.succeededFuture(moves)
                    : targets.of(((Actor.Staff) dispatcher).who(), c).map(found -> withTargets(moves, found, c.now()));
        });
    }

    private @Nullable Actor hat(List<Actor> hats, Move move, Case c, Rules rules) {
        boolean possible = move.from().contains(c.now().state()) && !move.ofFeature();
        return hats.stream()
                .filter(hat -> possible
                        && CasePolicy.maySee(hat.caller(), c)
                        && CasePolicy.mayMake(hat, move, c)
                        && Standing.against(move, c, hat, clock.instant(), rules) == null)
                .findFirst()
                .orElse(null);
    }

    /** What was resolved has shown its evidence already. */
    private static List<String> needs(Move move, Case.Now now) {
        return move == Move.REPORT_BACK && now.state() == CaseState.RESOLVED ? List.of("words") : move.needs();
    }

    private static JsonArray withTargets(JsonArray moves, JsonArray targets, Case.Now now) {
        JsonArray fresh = new JsonArray();
        targets.stream()
                .map(JsonObject.class::cast)
                .filter(target ->
                        !now.returnedBy().contains(new Holder(target.getString("to"), target.getString("department"))))
                .forEach(fresh::add);
        moves.stream().map(JsonObject.class::cast).forEach(move -> {
            switch (Move.valueOf(move.getString("move"))) {
                case DISPATCH -> move.put("targets", fresh);
                case ARBITRATE -> move.put("targets", targets);
                default -> {}
            }
        });
        return moves;
    }

    private JsonObject holder(Holder holder) {
        return new JsonObject()
                .put("level", holder.level().name())
                .put("code", holder.area())
                .put("name", names.office(holder.area(), holder.department()))
                .put("department", names.department(holder.department()));
    }

    private JsonArray offices(List<Holder> assisting) {
        JsonArray offices = new JsonArray();
        assisting.forEach(office -> offices.add(holder(office)));
        return offices;
    }

    /** Since when and until when it waits. */
    private static @Nullable JsonObject suspended(Case.Now n) {
        return n.suspended()
                ? new JsonObject().put("since", text(n.suspendedAt())).put("until", text(n.wake()))
                : null;
    }

    /** What was asked for and waits for an answer. */
    private static @Nullable JsonObject extension(Case.Now n) {
        Case.Extension asked = n.extension();
        DueRule rule = n.rule();
        return asked == null || rule == null
                ? null
                : new JsonObject()
                        .put("days", asked.days())
                        .put("unit", rule.unit())
                        .put("words", asked.words())
                        .put("at", text(asked.at()));
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
