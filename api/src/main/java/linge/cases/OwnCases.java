package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import linge.grids.GeoPoint;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** What residents do with their own cases by other ways than the contract's case operations, e.g. by talking. */
public final class OwnCases {

    /**
     * A matter to be filed.
     *
     * @param key unique to it: filed twice with one key it is one case
     * @param category code, or null to let it be understood
     * @param first the clock the law sets for it, or null for the ordinary one
     */
    public record Matter(
            String key,
            String text,
            @Nullable String category,
            @Nullable GeoPoint point,
            @Nullable String address,
            @Nullable String grid,
            List<UUID> media,
            Case.Privacy privacy,
            @Nullable DueRule first) {

        Filing filing() {
            return filing(null);
        }

        Filing filing(@Nullable String postscript) {
            JsonObject body = new JsonObject()
                    .put("text", text)
                    .put("category", category)
                    .put("address", address)
                    .put("grid", grid)
                    .put("point", point == null ? null : point.lon() + " " + point.lat() + " " + point.crs())
                    .put(
                            "media",
                            new JsonArray(media.stream().map(UUID::toString).toList()))
                    .put("privacy", privacy.name());
            Buffer hash = Filing.hashOf(body);
            return new Filing(key, hash, text, postscript, category, point, address, grid, media, privacy, first);
        }
    }

    /** A case, and the newest line of its history that has words. */
    public record Told(Case found, @Nullable String lastWords) {}

    private static final int TRIES = 3;

    private final Cases cases;
    private final CaseLists lists;
    private final CaseView view;
    private final Names names;
    private final Clock clock;

    public OwnCases(Cases cases, Cases.Ground on) {
        this.cases = cases;
        this.lists = new CaseLists(on);
        this.view = CaseView.on(on);
        this.names = on.names();
        this.clock = on.clock();
    }

    public Future<Told> file(Caller.Resident resident, Matter matter) {
        return cases.file(resident, matter.filing()).map(filed -> new Told(filed, null));
    }

    /**
     * Files what another system brought us for somebody.
     *
     * @param postscript where it comes from, below the text
     */
    public Future<Case> forward(Caller.Resident resident, Matter matter, String postscript) {
        return cases.forward(resident, matter.filing(postscript));
    }

    /** Newest first. */
    public Future<List<Told>> list(Caller.Resident resident, int most) {
        return lists.page(resident, CaseLists.View.ALL, null, null, most)
                .map(page -> page.items().stream().map(c -> new Told(c, null)).toList());
    }

    /** Fails with {@code NOT_FOUND} also where it is another's. */
    public Future<Told> show(Caller.Resident resident, String number) {
        return cases.find(CaseNumber.parse(number), resident).compose(this::told);
    }

    /**
     * Makes a move on the case as it stands now, whatever happened meanwhile.
     *
     * @param key the same key twice makes one move; null for none
     */
    public Future<Told> move(
            Caller.Resident resident,
            String number,
            Move move,
            @Nullable String words,
            @Nullable Integer score,
            List<UUID> media,
            @Nullable String key) {
        Function<Integer, MoveRequest> request =
                version -> MoveRequest.of(move, version).but(r -> {
                    r.words = Words.of(words);
                    r.score = score;
                    r.media = media;
                    r.key = key;
                });
        return moved(resident, CaseNumber.parse(number), request, TRIES).compose(this::told);
    }

    /** As the contract's schema {@code CaseSummary}; for whoever may see it. */
    public JsonObject brief(Case c) {
        return view.summary(c);
    }

    /** As the contract's schema {@code Case}, to whoever may see it. */
    public Future<JsonObject> shown(Case c, Caller caller) {
        return view.whole(c, caller);
    }

    /** A case by its number, for whoever may see it; fails with {@code NOT_FOUND} otherwise. */
    public Future<Case> find(String number, Caller caller) {
        return cases.find(CaseNumber.parse(number), caller);
    }

    public boolean isOverdue(Case c) {
        Instant due = c.now().due();
        return due != null && due.isBefore(clock.instant());
    }

    /** Who has a case now, in words. */
    public String holderOf(Case c) {
        Holder holder = c.now().holder();
        return names.office(holder.area(), holder.department());
    }

    private Future<Case> moved(
            Caller.Resident resident, String number, Function<Integer, MoveRequest> request, int tries) {
        return cases.find(number, resident)
                .compose(found -> cases.make(number, request.apply(found.now().version()), resident))
                .recover(failure ->
                        tries > 1 && failure instanceof Refusal refusal && refusal.kind() == Refusal.Kind.STALE_VERSION
                                ? moved(resident, number, request, tries - 1)
                                : Future.failedFuture(failure));
    }

    private Future<Told> told(Case c) {
        return cases.history(c)
                .map(lines -> new Told(
                        c,
                        lines.stream()
                                .map(HistoryLine::words)
                                .filter(java.util.Objects::nonNull)
                                .reduce((first, second) -> second)
                                .orElse(null)));
    }
}
