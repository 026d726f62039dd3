package linge.demo;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Random;
import linge.bot.triage.Categories;
import linge.cases.Case;
import linge.cases.Holder;
import linge.cases.Move;
import linge.cases.MoveRequest;
import linge.cases.Rehearsal;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one made-up case: who does what next and when, by the dice; carried out by the ordinary code, whose clock makes its
 * own moves in between. Ends where the month does, wherever the case stands then.
 */
final class DemoLife {

    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final LocalTime OPENS = LocalTime.of(8, 5);
    private static final LocalTime CLOSES = LocalTime.of(18, 0);
    /** The clock looks every few seconds. */
    private static final Duration CLOCK_LAG = Duration.ofSeconds(9);

    /** Something to be done: when, what, by whom. */
    private record Act(Instant at, MoveRequest request, Caller by) {}

    private final Rehearsal rehearsal;
    private final ScriptClock clock;
    private final DemoPeople people;
    private final Stories stories;
    private final Random dice;
    private final Instant end;
    /** 0 for an office that is always in time, to 1. */
    private final double slack;

    private boolean returned;
    private boolean supervised;
    private int urged;
    private int noted;
    private int reopened;
    private final boolean byDepartment;

    DemoLife(
            Rehearsal rehearsal,
            ScriptClock clock,
            DemoPeople people,
            Stories stories,
            Random dice,
            Instant end,
            String area) {
        this.rehearsal = rehearsal;
        this.clock = clock;
        this.people = people;
        this.stories = stories;
        this.dice = dice;
        this.end = end;
        // Towns differ, and stay as they are.
        String town = area.substring(0, Math.min(area.length(), AreaLevel.TOWN.digits()));
        this.slack = 0.02 + 0.20 * Math.floorMod(town.hashCode() * 31, 100) / 100.0;
        this.byDepartment = dice.nextDouble() < 0.45;
    }

    Future<Case> live(Case now) {
        Act next = next(now);
        Instant at = next == null || next.at().isAfter(end) ? end : next.at();
        return untilThen(now, at).compose(then -> {
            if (at.equals(end)) {
                return Future.succeededFuture(then);
            }
            // The clock was faster: what was planned may no longer be possible.
            if (next == null || then.now().version() != now.now().version()) {
                return live(then);
            }
            return rehearsal
                    .make(then.facts().number(), next.request(), next.by())
                    .compose(this::live);
        });
    }

    /** Lets the clock make the moves that are due until then. */
    private Future<Case> untilThen(Case now, Instant at) {
        Instant wake = now.now().wake();
        if (wake == null || wake.plus(CLOCK_LAG).isAfter(at)) {
            clock.at(at);
            return Future.succeededFuture(now);
        }
        clock.at(wake.plus(CLOCK_LAG));
        return rehearsal
                .clock(now.facts().number())
                .compose(then -> then.now().version() == now.now().version()
                        ? Future.failedFuture(new IllegalStateException("the clock does nothing about a deadline"))
                        : untilThen(then, at));
    }

    private @Nullable Act next(Case c) {
        return switch (c.now().state()) {
            case SUBMITTED -> first(c);
            case ACCEPTED -> taken(c);
            case DISPATCHED -> sent(c);
            case HANDLING -> handled(c);
            case REPORTED -> answered(c);
            case RATED -> rated(c);
            default -> null;
        };
    }

    private Act first(Case c) {
        Holder holder = c.now().holder();
        if (dice.nextDouble() < 0.02) {
            return act(later(5, 240), c, Move.WITHDRAW, null, owner(c));
        }
        boolean late = dice.nextDouble() < slack * 0.7;
        Instant at = open(late ? later(140, 900) : later(4, 70));
        if (dice.nextDouble() < 0.015) {
            Caller.Staff dispatcher = dispatcher(c);
            MoveRequest request =
                    Rehearsal.move(Move.DECLINE, c, stories.say("decline", dice), "人民法院诉讼服务 12368", null, null);
            return new Act(at, request, dispatcher);
        }
        return act(at, c, Move.ACCEPT, null, people.of(c.now()));
    }

    private Act taken(Case c) {
        Holder holder = c.now().holder();
        String department = c.facts().department();
        boolean toDepartment = byDepartment && !returned && department != null && !department.equals("TOWN");
        if (toDepartment && holder.department() == null) {
            MoveRequest request = Rehearsal.move(Move.DISPATCH, c, null, null, new Holder(county(c), department), null);
            return new Act(open(later(10, 300)), request, dispatcher(c));
        }
        if (holder.level() == AreaLevel.GRID && dice.nextDouble() < 0.12) {
            return act(open(later(20, 400)), c, Move.ESCALATE, stories.say("escalate", dice), people.of(c.now()));
        }
        return act(open(later(15, 500)), c, Move.HANDLE, null, people.of(c.now()));
    }

    private Act sent(Case c) {
        Caller.Staff officer = people.of(c.now());
        if (!returned && c.now().holder().department() != null && dice.nextDouble() < 0.10) {
            returned = true;
            return act(open(later(30, 600)), c, Move.RETURN, stories.say("return", dice), officer);
        }
        return act(open(later(20, 700)), c, Move.HANDLE, null, officer);
    }

    private Act handled(Case c) {
        Caller.Staff by = people.of(c.now());
        double turn = dice.nextDouble();
        if (turn < 0.22 && noted < 2) {
            noted++;
            return act(open(later(30, 900)), c, Move.NOTE, stories.say("note", dice), by);
        }
        if (turn < 0.29 && urged < 2) {
            urged++;
            return act(later(300, 1500), c, Move.URGE, null, owner(c));
        }
        if (turn < 0.33) {
            return act(later(60, 900), c, Move.SUPPLEMENT, stories.say("supplement", dice), owner(c));
        }
        if (turn < 0.36 && !supervised) {
            supervised = true;
            Caller.Staff supervisor = people.at(Role.SUPERVISOR, county(c), null);
            return act(open(later(200, 1500)), c, Move.SUPERVISE, stories.say("supervise", dice), supervisor);
        }
        return act(whenAnswered(c), c, Move.REPORT_BACK, answer(c), by);
    }

    /** Mostly well before the deadline, sometimes hours or days behind it, and some are forgotten. */
    private Instant whenAnswered(Case c) {
        Instant now = clock.instant();
        Instant due = c.now().due();
        if (due == null || !due.isAfter(now)) {
            return open(now.plus(Duration.ofMinutes(60 + dice.nextInt(3000))));
        }
        long left = Duration.between(now, due).toMinutes();
        if (dice.nextDouble() < slack) {
            return dice.nextDouble() < 0.12
                    ? end.plusSeconds(1)
                    : open(due.plus(Duration.ofMinutes(30 + dice.nextInt(4000))));
        }
        Instant at = now.plus(Duration.ofMinutes(2 + (long) (left * (0.08 + 0.75 * dice.nextDouble()))));
        Instant opened = open(at);
        return opened.isBefore(due) ? opened : at;
    }

    private @Nullable Act answered(Case c) {
        double turn = dice.nextDouble();
        if (turn < 0.06 && reopened == 0) {
            reopened++;
            return act(later(60, 2800), c, Move.REOPEN, stories.say("reopen", dice), owner(c));
        }
        if (turn < 0.62) {
            int score = score(c);
            String words = dice.nextDouble() < 0.5
                    ? null
                    : stories.say(score >= 4 ? "praise" : score == 3 ? "fair" : "poor", dice);
            MoveRequest request = Rehearsal.move(Move.RATE, c, words, null, null, score);
            return new Act(later(20, 3500), request, owner(c));
        }
        return null;
    }

    private int score(Case c) {
        double good = 0.90 - slack * 0.8 - (c.now().supervised() ? 0.2 : 0);
        double turn = dice.nextDouble();
        if (turn < good) {
            return turn < good * 0.65 ? 5 : 4;
        }
        return turn < good + (1 - good) * 0.5 ? 3 : turn < good + (1 - good) * 0.8 ? 2 : 1;
    }

    private @Nullable Act rated(Case c) {
        Case.Rating rating = c.now().rating();
        if (rating != null && rating.score() <= 2 && reopened == 0 && dice.nextDouble() < 0.45) {
            reopened++;
            return act(later(30, 1500), c, Move.REOPEN, stories.say("reopen", dice), owner(c));
        }
        return null;
    }

    private Caller.Resident owner(Case c) {
        return people.resident(c.facts().resident());
    }

    /** Of the county, or of the city where the case has climbed so far. */
    private Caller.Staff dispatcher(Case c) {
        Holder holder = c.now().holder();
        String centre = holder.level() == AreaLevel.CITY ? holder.area() : county(c);
        return people.at(Role.DISPATCHER, centre, null);
    }

    private static String county(Case c) {
        return c.facts().area().substring(0, AreaLevel.COUNTY.digits());
    }

    private String answer(Case c) {
        String category = c.facts().category();
        String what = category == null
                ? "所反映"
                : Categories.shipped()
                        .find(category)
                        .map(known -> known.path().get(known.path().size() - 1))
                        .orElse("所反映");
        return stories.say("answer", dice).replace("{what}", what);
    }

    private static Act act(Instant at, Case c, Move move, @Nullable String words, Caller by) {
        return new Act(at, Rehearsal.move(move, c, words, null, null, null), by);
    }

    /** So many minutes from now, seconds by the dice. */
    private Instant later(int least, int most) {
        return clock.instant().plusSeconds(least * 60L + dice.nextInt((most - least) * 60));
    }

    /** The same, or the next time offices are open. */
    private Instant open(Instant at) {
        ZonedDateTime there = at.atZone(ZONE);
        if (there.toLocalTime().isBefore(OPENS)) {
            there = there.with(OPENS).plusMinutes(dice.nextInt(60));
        } else if (!there.toLocalTime().isBefore(CLOSES)) {
            there = there.plusDays(1).with(OPENS).plusMinutes(dice.nextInt(60));
        }
        return there.toInstant();
    }
}
