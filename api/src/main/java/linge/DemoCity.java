package linge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.time.Clock;
import linge.board.Rounds;
import linge.bot.place.AddressIndex;
import linge.bot.place.Gazetteer;
import linge.cases.Cases;
import linge.clocks.ClockHouse;
import linge.clocks.Clocks;
import linge.db.RateLimits;
import linge.demo.DemoCases;
import linge.demo.DemoStaff;
import linge.grids.Grid;
import linge.grids.Grids;
import linge.media.Media;
import linge.media.MediaSettings;
import linge.notify.Outbox;
import linge.residents.Residents;
import linge.sessions.Sessions;
import linge.shared.Names;
import linge.staff.Passwords;
import linge.staff.Staff;
import linge.triage.KnownNames;
import linge.triage.Understanding;

/** The demo's ground, people and cases without the service, for commands. */
public final class DemoCity {
    private DemoCity() {}

    /** @throws Settings.Wrong outside demo mode */
    public static Future<DemoCases> open(Vertx vertx, Pool db, Settings settings) {
        if (!settings.demo()) {
            throw new Settings.Wrong("演示数据只在演示模式下填充，请设置 LINGE_DEMO=true");
        }
        Clock clock = Clock.systemUTC();
        Gazetteer gazetteer = Gazetteer.shipped();
        return Grids.open(vertx, db, gazetteer, new AddressIndex(gazetteer), clock, Grids.Options.usual(), true)
                .compose(grids -> new DemoStaff(db, clock)
                        .settle(grids.index().all().stream().map(Grid::code).toList())
                        .compose(done -> ClockHouse.open(new ClockHouse.Ground(db, clock, new KnownNames(grids))))
                        .map(house -> new DemoCases(new DemoCases.Ground(
                                vertx,
                                db,
                                clock,
                                ground(vertx, db, clock, grids, settings, house.clocks()),
                                new Rounds()))));
    }

    private static Cases.Ground ground(
            Vertx vertx, Pool db, Clock clock, Grids grids, Settings settings, Clocks clocks) {
        RateLimits limits = new RateLimits(db, clock);
        Sessions sessions = new Sessions(db, clock, true, false);
        Staff staff = new Staff(db, clock, limits, new Passwords(vertx), sessions, true);
        Residents residents =
                new Residents(db, clock, limits, (phone, code) -> Future.failedFuture("nobody signs in here"), true);
        Names names = new KnownNames(grids);
        try {
            Media media = Media.open(vertx, db, MediaSettings.USUAL, settings.data());
            return new Cases.Ground(
                    db,
                    clock,
                    new Understanding(vertx, grids),
                    grids,
                    residents,
                    staff,
                    media,
                    new Outbox(clock),
                    limits,
                    names,
                    clocks);
        } catch (IOException e) {
            throw new Settings.Wrong("数据文件夹里不能存照片（LINGE_DATA）：" + e.getMessage());
        }
    }
}
