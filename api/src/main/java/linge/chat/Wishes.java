package linge.chat;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.SqlConnection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.bot.dialogue.Heard;
import linge.bot.dialogue.Outcome;
import linge.bot.dialogue.Outcome.Refused;
import linge.bot.dialogue.Outcome.Why;
import linge.bot.dialogue.Wish;
import linge.bot.knowledge.Advice;
import linge.bot.knowledge.Route;
import linge.cases.Case;
import linge.cases.Move;
import linge.cases.OwnCases;
import linge.grids.FoundGrid;
import linge.grids.GeoPoint;
import linge.grids.GridAnswer;
import linge.grids.Grids;
import linge.grids.Where;
import linge.legal.LegalAid;
import linge.legal.Library;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.staff.Staff;
import linge.staff.StaffMember;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grants what the bot wishes for with the services of the house; every wish has an outcome, whatever happens. */
final class Wishes {

    private static final Logger log = LoggerFactory.getLogger(Wishes.class);
    private static final int MOST_CASES = 20;
    private static final int MOST_CANDIDATES = 6;

    /** The services that grant wishes. */
    record Services(
            WorkerExecutor workers,
            Grids grids,
            OwnCases cases,
            Staff staff,
            Library library,
            LegalAid legalAid,
            Desk desk) {}

    private final Services on;

    Wishes(Services on) {
        this.on = on;
    }

    /** Never fails: what could not be granted is told to the bot. */
    Future<Outcome> grant(Wish wish, Asker asker, Spoken spoken) {
        Future<Outcome> granted;
        try {
            granted = granted(wish, asker, spoken);
        } catch (RuntimeException e) {
            granted = Future.failedFuture(e);
        }
        return granted.recover(failure -> Future.succeededFuture(refused(failure)));
    }

    /** Tells the centre's staff, in the transaction that keeps what was said, that a person is wanted. */
    Future<Void> tellDesk(SqlConnection tx, Conversation c, Spoken spoken, Instant at) {
        String area = spoken.deskArea();
        return area == null ? Future.succeededFuture() : on.desk().tell(tx, c.id(), area, at);
    }

    private Future<Outcome> granted(Wish wish, Asker asker, Spoken spoken) {
        if (wish instanceof Wish.FindGround find) {
            return located(find.words(), find.point(), asker).map(Wishes::ground);
        }
        if (wish instanceof Wish.FindTeam find) {
            return located(find.words(), find.point(), asker).compose(this::team);
        }
        if (wish instanceof Wish.FileCase file) {
            return file(file, asker, spoken);
        }
        if (wish instanceof Wish.ListCases) {
            return on.cases()
                    .list(signedIn(asker), MOST_CASES)
                    .map(all ->
                            new Outcome.CasesFound(all.stream().map(this::facts).toList()));
        }
        if (wish instanceof Wish.ShowCase show) {
            return on.cases().show(signedIn(asker), show.number()).map(told -> found(told, spoken));
        }
        if (wish instanceof Wish.Urge urge) {
            return move(asker, spoken, urge.number(), Move.URGE, null, null, List.of());
        }
        if (wish instanceof Wish.Supplement more) {
            return move(asker, spoken, more.number(), Move.SUPPLEMENT, more.words(), null, more.media());
        }
        if (wish instanceof Wish.Withdraw withdraw) {
            return move(asker, spoken, withdraw.number(), Move.WITHDRAW, withdraw.words(), null, List.of());
        }
        if (wish instanceof Wish.Rate rate) {
            return move(asker, spoken, rate.number(), Move.RATE, rate.words(), rate.score(), List.of());
        }
        if (wish instanceof Wish.Reopen reopen) {
            return move(asker, spoken, reopen.number(), Move.REOPEN, reopen.words(), null, List.of());
        }
        if (wish instanceof Wish.AskLaw ask) {
            return on.library().ask(ask.question()).map(advice -> advised(ask.question(), advice));
        }
        if (wish instanceof Wish.ApplyAid apply) {
            return apply(apply, asker, spoken);
        }
        if (wish instanceof Wish.HandOver handOver) {
            return handOver(handOver, asker, spoken);
        }
        throw new IllegalStateException("nobody grants " + wish.getClass());
    }

    private Future<GridAnswer> located(@Nullable String words, Heard.@Nullable Point point, Asker asker) {
        GeoPoint at = point == null ? null : point(point);
        return on.workers()
                .executeBlocking(() -> on.grids().locate(new Where(words, null, at, asker.homeGrid())), false);
    }

    private static GeoPoint point(Heard.Point point) {
        Double accuracy = point.accuracy();
        return new GeoPoint(point.lon(), point.lat(), linge.grids.Crs.WGS84, accuracy == null ? 0 : accuracy);
    }

    private static Outcome ground(GridAnswer answer) {
        if (answer.refused() != null) {
            return new Refused(Why.PLACE, answer.refused());
        }
        FoundGrid grid = answer.grid();
        List<Outcome.Ground> candidates = answer.candidates().stream()
                .limit(MOST_CANDIDATES)
                .map(candidate -> new Outcome.Ground(candidate.code(), candidate.fullName()))
                .toList();
        String name = grid != null
                ? grid.placeName() + grid.name()
                : answer.place() == null ? null : answer.place().fullName();
        return new Outcome.GroundFound(
                grid == null ? null : grid.code(), name, candidates, grid != null && grid.demo());
    }

    private Future<Outcome> team(GridAnswer answer) {
        FoundGrid grid = answer.grid();
        if (grid == null) {
            return Future.succeededFuture(new Refused(Why.PLACE, answer.refused()));
        }
        return on.staff()
                .team(grid.code())
                .map(team -> new Outcome.TeamFound(
                        grid.code(),
                        grid.placeName() + grid.name(),
                        grid.demo(),
                        team.stream().map(Wishes::member).toList()));
    }

    private static Outcome.Member member(StaffMember member) {
        return new Outcome.Member(member.role().label(), member.name(), member.phone());
    }

    private Future<Outcome> file(Wish.FileCase file, Asker asker, Spoken spoken) {
        Wish.Filing filing = file.filing();
        Heard.Point point = filing.point();
        OwnCases.Matter matter = new OwnCases.Matter(
                "chat:" + asker.conversation() + ":" + file.key(),
                filing.mediation() ? filing.text() + "\n希望由人民调解委员会调解。" : filing.text(),
                filing.category(),
                point == null ? null : point(point),
                filing.address(),
                null,
                ids(filing.media()),
                filing.anonymous()
                        ? Case.Privacy.ANONYMOUS
                        : filing.confidential() ? Case.Privacy.CONFIDENTIAL : Case.Privacy.NAMED,
                null);
        return on.cases().file(signedIn(asker), matter).map(told -> {
            spoken.about(told.found().facts().number());
            return new Outcome.Filed(facts(told));
        });
    }

    private Future<Outcome> move(
            Asker asker,
            Spoken spoken,
            String number,
            Move move,
            @Nullable String words,
            @Nullable Integer score,
            List<String> media) {
        return on.cases()
                .move(signedIn(asker), number, move, words, score, ids(media), spoken.moveKey(asker.conversation()))
                .map(told -> found(told, spoken));
    }

    private Outcome found(OwnCases.Told told, Spoken spoken) {
        spoken.about(told.found().facts().number());
        return new Outcome.CaseFound(facts(told));
    }

    private Outcome.CaseFacts facts(OwnCases.Told told) {
        Case c = told.found();
        return new Outcome.CaseFacts(
                c.facts().number(),
                c.facts().text(),
                c.now().state().name(),
                c.now().state().label(),
                on.cases().holderOf(c),
                c.now().due(),
                on.cases().isOverdue(c),
                c.now().answer(),
                told.lastWords(),
                c.facts().filedAt());
    }

    private static Outcome advised(String question, Advice advice) {
        Route route = advice.route();
        return new Outcome.Advised(
                question,
                advice.spoken(),
                advice.citations().stream()
                        .map(cited -> new Outcome.Cited(cited.law(), cited.article(), cited.since(), cited.url()))
                        .toList(),
                advice.card() == null ? null : advice.card().title(),
                advice.card() == null ? null : advice.card().id(),
                route == null ? null : route.label(),
                advice.refused(),
                advice.confidence(),
                advice.articles().stream()
                        .map(article -> new Outcome.ArticleText(article.law(), article.article(), article.text()))
                        .toList());
    }

    private Future<Outcome> apply(Wish.ApplyAid apply, Asker asker, Spoken spoken) {
        return on.legalAid()
                .fromChat(
                        signedIn(asker),
                        "chat:" + asker.conversation() + ":" + apply.key(),
                        apply.answers(),
                        apply.words())
                .map(applied -> {
                    spoken.about(applied.number());
                    LocalDate by = applied.examinedBy();
                    return new Outcome.Applied(applied.number(), by, applied.missing());
                });
    }

    private Future<Outcome> handOver(Wish.HandOver handOver, Asker asker, Spoken spoken) {
        String home = asker.homeGrid();
        String area = home == null ? "1404" : home.substring(0, AreaLevel.COUNTY.digits());
        return on.desk().admit(asker).map(ok -> {
            spoken.askedDesk(area);
            return on.desk().handedOver(area, handOver.reason());
        });
    }

    private static Caller.Resident signedIn(Asker asker) {
        Caller.Resident resident = asker.resident();
        if (resident == null) {
            throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录。");
        }
        return resident;
    }

    private static List<UUID> ids(List<String> media) {
        List<UUID> ids = new ArrayList<>();
        for (String id : media) {
            try {
                ids.add(UUID.fromString(id));
            } catch (IllegalArgumentException e) {
                throw Refusal.notSensible("/media", "附件编号不对，请重新上传。");
            }
        }
        return ids;
    }

    private static Outcome refused(Throwable failure) {
        if (!(failure instanceof Refusal refusal)) {
            log.error("a wish of the bot could not be granted", failure);
            return new Refused(Why.BROKEN, null);
        }
        return switch (refusal.kind()) {
            case NOT_SIGNED_IN, WRONG_CREDENTIALS, FORGED_FORM -> new Refused(Why.SIGN_IN, null);
            case NOT_FOUND -> new Refused(Why.NOT_FOUND, null);
            case NOT_ALLOWED -> new Refused(Why.NOT_ALLOWED, refusal.detail());
            case OUT_OF_TURN, STALE_VERSION -> new Refused(Why.OUT_OF_TURN, refusal.detail());
            case PLACE_NEEDED, OUTSIDE_CITY -> new Refused(Why.PLACE, refusal.detail());
            case TOO_OFTEN -> new Refused(Why.BUSY, refusal.detail());
            case FAULT, NOT_READY -> new Refused(Why.BROKEN, null);
            default -> new Refused(Why.OTHER, refusal.detail());
        };
    }
}
