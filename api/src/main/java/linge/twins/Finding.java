package linge.twins;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import linge.bot.twins.Likeness;
import linge.bot.twins.Marks;
import linge.bot.twins.Report;
import linge.bot.twins.Twins;
import linge.bot.twins.Weights;
import linge.cases.Case;
import linge.cases.CaseActs;
import linge.cases.CasePolicy;
import linge.cases.CaseState;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import org.jspecify.annotations.Nullable;

/** Finds the cases that may be of one matter: those an index gives, compared by the bot on a worker. */
final class Finding {

    /** Earlier and later reports are looked at; farther apart hardly anything is one matter. */
    static final Duration WITHIN = Duration.ofDays(31);
    /** Who has been told the end so lately may be told it again. */
    private static final Duration LATELY_ENDED = Duration.ofDays(15);
    /** What a resident hears of needs to be fresher. */
    private static final Duration LATELY_HEARD = Duration.ofDays(7);

    private static final int COMPARED = 80;
    private static final int SHOWN = 12;
    /** Below it is not worth a look; from {@link Twins#LIKELY} on the page says so. */
    private static final double LEAST = 0.3;

    /**
     * A case that may be of the same matter; where it was merged, its lead instead.
     *
     * @param claimed its resident says that others reported the same
     */
    record Found(Case found, Likeness likeness, boolean claimed) {}

    /** What somebody who writes may hear of others: how many, and how far it is. Nothing of whom or in what words. */
    record Heard(int people, CaseState furthest, List<String> own) {}

    private final Pool db;
    private final Clock clock;
    private final WorkerExecutor workers;
    private final TwinStore store;
    private final CaseActs acts;

    Finding(Pool db, Clock clock, WorkerExecutor workers, TwinStore store, CaseActs acts) {
        this.db = db;
        this.clock = clock;
        this.workers = workers;
        this.store = store;
        this.acts = acts;
    }

    /** The likeliest first, only such as this person may see. */
    Future<List<Found>> of(Case c, Caller.Staff who) {
        Report report = Reports.of(c);
        return workers.executeBlocking(() -> Marks.lookups(report, WITHIN, Weights.View.STAFF), false)
                .compose(marks -> alike(marks, c.facts().id(), c.facts().filedAt(), who.area(), LATELY_ENDED))
                .map(all ->
                        all.stream().filter(one -> CasePolicy.maySee(who, one)).toList())
                .compose(seen -> compared(report, seen))
                .compose(scored -> leads(c, scored, who));
    }

    private Future<List<Case>> alike(Set<Long> marks, @Nullable UUID but, Instant at, String area, Duration lately) {
        // A grid's team and an officer see what lies elsewhere too; who may see what is asked of each case.
        String ground = area.substring(0, Math.min(area.length(), AreaLevel.COUNTY.digits()));
        return store.alike(
                        db,
                        marks,
                        but,
                        at.minus(WITHIN),
                        at.plus(WITHIN),
                        ground,
                        clock.instant().minus(lately),
                        COMPARED)
                .compose(ids -> acts.all(db, ids));
    }

    private record Scored(Case one, Likeness likeness) {}

    private Future<List<Scored>> compared(Report report, List<Case> others) {
        return workers.executeBlocking(
                () -> {
                    List<Likeness> likenesses = Twins.shipped()
                            .compare(report, others.stream().map(Reports::of).toList());
                    List<Scored> scored = new ArrayList<>();
                    for (int i = 0; i < others.size(); i++) {
                        if (likenesses.get(i).score() >= LEAST) {
                            scored.add(new Scored(others.get(i), likenesses.get(i)));
                        }
                    }
                    scored.sort(Comparator.comparingDouble(
                                    (Scored one) -> -one.likeness().score())
                            .thenComparing(one -> one.one().facts().number()));
                    return scored;
                },
                false);
    }

    /** Of cases merged already their lead, once; not the case's own lead or followers. */
    private Future<List<Found>> leads(Case c, List<Scored> scored, Caller.Staff who) {
        Map<UUID, Likeness> best = new LinkedHashMap<>();
        scored.forEach(one -> best.putIfAbsent(leadOf(one.one()), one.likeness()));
        best.remove(c.facts().id());
        best.remove(leadOf(c));
        Map<UUID, Case> known = scored.stream()
                .collect(Collectors.toMap(one -> one.one().facts().id(), Scored::one));
        List<UUID> missing =
                best.keySet().stream().filter(id -> !known.containsKey(id)).toList();
        return (missing.isEmpty() ? Future.succeededFuture(List.<Case>of()) : acts.all(db, missing))
                .compose(leads -> store.claimed(db, best.keySet()).map(claimed -> {
                    leads.forEach(lead -> known.put(lead.facts().id(), lead));
                    return best.entrySet().stream()
                            .filter(entry -> known.containsKey(entry.getKey()))
                            .map(entry -> new Found(
                                    Objects.requireNonNull(known.get(entry.getKey())),
                                    entry.getValue(),
                                    claimed.contains(entry.getKey())))
                            .filter(found -> CasePolicy.maySee(who, found.found()))
                            .limit(SHOWN)
                            .toList();
                }));
    }

    private static UUID leadOf(Case c) {
        UUID lead = c.now().mergedInto();
        return lead == null ? c.facts().id() : lead;
    }

    /**
     * What may be told while somebody writes. Only of matters that are nobody's secret, only of residents who gave their name and
     * asked for no discretion, and judged without anybody's words; null when there is nothing to tell.
     */
    Future<@Nullable Heard> heard(Report report, Caller caller) {
        String area = report.area();
        if (area == null || area.length() < AreaLevel.TOWN.digits() || !Twins.isPublic(report.category())) {
            return Future.succeededFuture();
        }
        return workers.executeBlocking(() -> Marks.lookups(report, WITHIN, Weights.View.STRANGERS), false)
                .compose(marks -> alike(marks, null, report.at(), area, LATELY_HEARD))
                .compose(others -> workers.executeBlocking(() -> heard(report, others, caller), false));
    }

    private static @Nullable Heard heard(Report report, List<Case> others, Caller caller) {
        List<Case> open = others.stream()
                .filter(c -> c.facts().privacy() == Case.Privacy.NAMED
                        && Twins.isPublic(c.facts().category()))
                .toList();
        List<Double> scores = Twins.shipped()
                .forStrangers(report, open.stream().map(Reports::of).toList());
        Set<UUID> people = new HashSet<>();
        List<String> own = new ArrayList<>();
        CaseState furthest = CaseState.SUBMITTED;
        for (int i = 0; i < open.size(); i++) {
            if (scores.get(i) < Twins.SURE) {
                continue;
            }
            Case one = open.get(i);
            if (caller instanceof Caller.Resident resident
                    && resident.id().equals(one.facts().resident())) {
                own.add(one.facts().number());
            } else {
                people.add(one.facts().resident());
                furthest = one.now().state().compareTo(furthest) > 0 ? one.now().state() : furthest;
            }
        }
        return people.isEmpty() && own.isEmpty() ? null : new Heard(people.size(), furthest, List.copyOf(own));
    }

    /** Cases by id. */
    Future<Map<UUID, Case>> byId(List<UUID> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : acts.all(db, ids).map(all -> {
                    Map<UUID, Case> byId = new HashMap<>();
                    all.forEach(c -> byId.put(c.facts().id(), c));
                    return byId;
                });
    }
}
