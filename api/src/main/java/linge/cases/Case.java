package linge.cases;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import linge.bot.triage.Category;
import linge.bot.triage.Urgency;
import linge.clocks.WorkingTime;
import linge.shared.AreaLevel;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** One matter of one resident: what was filed, and how it stands now. Pure: a move makes another Case. */
public record Case(Facts facts, Now now) {

    /** A resident who never rates has agreed after a week. */
    static final Duration UNRATED = Duration.ofDays(7);
    /** So long after rating it may be reopened. */
    static final Duration RATED = Duration.ofDays(15);

    /** How much of the filer the staff see. */
    public enum Privacy {
        NAMED,
        CONFIDENTIAL,
        ANONYMOUS
    }

    /**
     * What was filed; never changes but for the category, where staff correct what was understood.
     *
     * @param area code of the grid, or of the smallest place known when no grid was found
     * @param grid the grid as it was found then (contract schema {@code FoundGrid}), with its version
     * @param lon wgs84 degrees
     * @param demo made up to fill a demo city, and taken away again with all the others made up
     */
    public record Facts(
            UUID id,
            String number,
            UUID resident,
            String text,
            @Nullable String category,
            @Nullable String department,
            Urgency urgency,
            @Nullable String hotline,
            String area,
            @Nullable JsonObject grid,
            @Nullable String address,
            @Nullable Double lon,
            @Nullable Double lat,
            Privacy privacy,
            Instant filedAt,
            boolean demo) {

        Facts numbered(String number) {
            return new Facts(
                    id,
                    number,
                    resident,
                    text,
                    category,
                    department,
                    urgency,
                    hotline,
                    area,
                    grid,
                    address,
                    lon,
                    lat,
                    privacy,
                    filedAt,
                    demo);
        }

        /** The same matter for the county's centre alone: what it tells is not for the team of a grid. */
        Facts atCentre() {
            String county = area.substring(0, Math.min(area.length(), AreaLevel.COUNTY.digits()));
            return new Facts(
                    id,
                    number,
                    resident,
                    text,
                    category,
                    department,
                    urgency,
                    hotline,
                    county,
                    null,
                    address,
                    lon,
                    lat,
                    privacy,
                    filedAt,
                    demo);
        }

        /** The same matter, understood better. */
        Facts about(Category better) {
            return new Facts(
                    id,
                    number,
                    resident,
                    text,
                    better.code(),
                    better.department().code(),
                    urgency,
                    hotline,
                    area,
                    grid,
                    address,
                    lon,
                    lat,
                    privacy,
                    filedAt,
                    demo);
        }
    }

    /**
     * How it stands. Another standing is written as what differs: {@code now.but(n -> n.holder = target)}.
     *
     * @param tier the lowest role of the grid's team that answers for it, once it was escalated within the team
     * @param supervised a supervisor or a missed deadline asks for it
     * @param listed nothing closes it until the listing is lifted (挂牌督办)
     * @param due the deadline people see; only open cases have one
     * @param wake when the clock looks again
     * @param extension more time that was asked for and not yet decided
     * @param extendedDays how much was granted, in the unit of the rule
     * @param suspendedAt since when it waits; null unless suspended
     * @param resumeTo where it stood before it was suspended
     * @param dispatchedAt when it was last sent to an office: from then on that office may object
     * @param transferredFrom the grid that handed it over and gets it back if the neighbour refuses
     * @param returnedBy the offices that sent it back, first to last
     * @param settled the centre above said whose it is: nobody sends it back again
     * @param assisting departments called in
     * @param mergedInto the case that carries this one
     * @param aside how it stood by itself before it was merged
     * @param visited what a return visit found last
     * @param confirmed the resident agreed without stars
     * @param archivedBy who laid it to rest
     */
    public record Now(
            CaseState state,
            int version,
            Holder holder,
            @Nullable Role tier,
            boolean supervised,
            boolean listed,
            int urges,
            @Nullable DueRule rule,
            @Nullable Instant clockStarted,
            @Nullable Instant due,
            @Nullable Instant wake,
            @Nullable Extension extension,
            int extendedDays,
            @Nullable Instant suspendedAt,
            @Nullable CaseState resumeTo,
            @Nullable Instant dispatchedAt,
            @Nullable Holder transferredFrom,
            List<Holder> returnedBy,
            boolean settled,
            List<Holder> assisting,
            @Nullable UUID mergedInto,
            @Nullable Aside aside,
            @Nullable Resolution resolution,
            @Nullable String answer,
            @Nullable Visit visited,
            boolean confirmed,
            @Nullable Rating rating,
            HistoryLine.By.@Nullable Kind archivedBy,
            Instant updatedAt) {

        Now but(Consumer<Draft> change) {
            Draft draft = new Draft(this);
            change.accept(draft);
            return draft.now();
        }

        /** How often an office sent it back. */
        public int returns() {
            return returnedBy.size();
        }

        /** Sent back twice and nobody above has said whose it is. */
        public boolean disputed() {
            return returns() >= 2 && !settled;
        }

        public boolean suspended() {
            return state == CaseState.SUSPENDED;
        }

        /** The deadline of this rule begins to run at {@code start}. */
        Now due(DueRule rule, Instant start, WorkingTime time) {
            Instant due = rule.due(start, time);
            return but(n -> {
                n.rule = rule;
                n.clockStarted = start;
                n.due = due;
                n.wake = due;
                n.extension = null;
                n.extendedDays = 0;
            });
        }

        /** No deadline any more; the clock looks again at {@code wake}, or never. */
        Now notDue(@Nullable Instant wake) {
            return but(n -> {
                n.rule = null;
                n.clockStarted = null;
                n.due = null;
                n.wake = wake;
                n.extension = null;
                n.extendedDays = 0;
            });
        }
    }

    /** The fields of a standing on their way to one. */
    static final class Draft {
        CaseState state;
        int version;
        Holder holder;

        @Nullable
        Role tier;

        boolean supervised;
        boolean listed;
        int urges;

        @Nullable
        DueRule rule;

        @Nullable
        Instant clockStarted;

        @Nullable
        Instant due;

        @Nullable
        Instant wake;

        @Nullable
        Extension extension;

        int extendedDays;

        @Nullable
        Instant suspendedAt;

        @Nullable
        CaseState resumeTo;

        @Nullable
        Instant dispatchedAt;

        @Nullable
        Holder transferredFrom;

        List<Holder> returnedBy = List.of();
        boolean settled;
        List<Holder> assisting = List.of();

        @Nullable
        UUID mergedInto;

        @Nullable
        Aside aside;

        @Nullable
        Resolution resolution;

        @Nullable
        String answer;

        @Nullable
        Visit visited;

        boolean confirmed;

        @Nullable
        Rating rating;

        HistoryLine.By.@Nullable Kind archivedBy;

        @Nullable
        String head;

        Instant updatedAt;

        /** A case just filed, to be told more about. */
        Draft(CaseState state, int version, Holder holder, Instant updatedAt) {
            this.state = state;
            this.version = version;
            this.holder = holder;
            this.updatedAt = updatedAt;
        }

        private Draft(Now n) {
            this(n.state, n.version, n.holder, n.updatedAt);
            tier = n.tier;
            supervised = n.supervised;
            listed = n.listed;
            urges = n.urges;
            rule = n.rule;
            clockStarted = n.clockStarted;
            due = n.due;
            wake = n.wake;
            extension = n.extension;
            extendedDays = n.extendedDays;
            suspendedAt = n.suspendedAt;
            resumeTo = n.resumeTo;
            dispatchedAt = n.dispatchedAt;
            transferredFrom = n.transferredFrom;
            returnedBy = n.returnedBy;
            settled = n.settled;
            assisting = n.assisting;
            mergedInto = n.mergedInto;
            aside = n.aside;
            resolution = n.resolution;
            answer = n.answer;
            visited = n.visited;
            confirmed = n.confirmed;
            rating = n.rating;
            archivedBy = n.archivedBy;
        }

        Now now() {
            return new Now(
                    state,
                    version,
                    holder,
                    tier,
                    supervised,
                    listed,
                    urges,
                    rule,
                    clockStarted,
                    due,
                    wake,
                    extension,
                    extendedDays,
                    suspendedAt,
                    resumeTo,
                    dispatchedAt,
                    transferredFrom,
                    List.copyOf(returnedBy),
                    settled,
                    List.copyOf(assisting),
                    mergedInto,
                    aside,
                    resolution,
                    answer,
                    visited,
                    confirmed,
                    rating,
                    archivedBy,
                    updatedAt);
        }
    }

    /** What the resident thought of it: 1 to 5 and words. */
    public record Rating(int score, @Nullable String words, Instant at) {}

    /** More time, asked for with a reason. */
    public record Extension(int days, String words, Instant at) {}

    /**
     * What was done, and what shows it.
     *
     * @param evidence how many photos and documents
     * @param without why there are none
     * @param by whoever says so
     */
    public record Resolution(
            String words,
            int evidence,
            @Nullable String without,
            @Nullable UUID by) {}

    /** The same with the deadline its clock says. */
    Case dueAt(Instant due, @Nullable Instant wake) {
        return new Case(facts, now.but(n -> {
            n.due = due;
            n.wake = wake;
        }));
    }

    /** Files a case with the office that will have it first, under the clock that runs until it is accepted. */
    static Moved file(Facts facts, Holder holder, DueRule rule, List<UUID> media, WorkingTime time) {
        Now now =
                new Draft(CaseState.SUBMITTED, 0, holder, facts.filedAt()).now().due(rule, facts.filedAt(), time);
        HistoryLine line = new HistoryLine(
                0,
                Move.FILE,
                null,
                CaseState.SUBMITTED,
                facts.filedAt(),
                HistoryLine.By.resident(facts.resident()),
                null,
                holder,
                media);
        return new Moved(null, new Case(facts, now), line);
    }

    /**
     * Makes a move, or refuses it: {@code NOT_ALLOWED} for the wrong person, {@code STALE_VERSION} when the case changed
     * meanwhile, {@code OUT_OF_TURN} in the wrong state or while something stands against it, {@code NOT_SENSIBLE} when
     * something it needs is missing.
     */
    Moved make(MoveRequest request, Actor actor, Instant at, WorkingTime time) {
        return make(request, actor, at, new Rules(time, Chain.CENTRES));
    }

    Moved make(MoveRequest request, Actor actor, Instant at, Rules rules) {
        return new Change(this, request, actor, at, rules).made();
    }
}
