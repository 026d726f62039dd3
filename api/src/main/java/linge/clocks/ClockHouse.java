package linge.clocks;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.http.Contract;
import linge.shared.Names;

/** The parts about time put together: the clocks, what they are reckoned by, and the pages' operations. */
public final class ClockHouse {

    /** What they stand on. */
    public record Ground(Pool db, Clock clock, Names names) {}

    private final Ground on;
    private final ClockBooks books;
    private final Clocks clocks;
    private final Calendars calendars;

    private ClockHouse(Ground on) {
        this.on = on;
        this.books = new ClockBooks(on.db(), on.clock());
        this.clocks = new Clocks(on.db(), on.clock(), books);
        this.calendars = new Calendars(on.db(), on.clock(), books);
    }

    /** Opens it, with the years shipped with us in the calendar. */
    public static Future<ClockHouse> open(Ground on) {
        ClockHouse house = new ClockHouse(on);
        return house.books.settle().map(house);
    }

    public Clocks clocks() {
        return clocks;
    }

    public void mount(Contract contract, Subjects subjects) {
        new ClockApi(on.db(), clocks, books, calendars, subjects, on.names()).mount(contract);
    }
}
