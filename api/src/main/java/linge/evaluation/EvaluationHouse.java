package linge.evaluation;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import linge.clocks.Clocks;
import linge.http.Contract;
import linge.notify.Outbox;
import linge.shared.Names;

/** The parts of evaluation put together. */
public final class EvaluationHouse {

    /** What evaluation stands on. */
    public record Ground(Pool db, Clock clock, Clocks clocks, Outbox outbox, Names names) {}

    private final Ground on;
    private final Books books;

    public EvaluationHouse(Ground on) {
        this.on = on;
        this.books = new Books(on.db(), on.clock());
    }

    public void mount(Contract contract) {
        People people = new People(on.clocks());
        Scores scores = new Scores(on.clock(), books, people);
        EvaluationNotices notices = new EvaluationNotices(on.outbox());
        EvaluationView view = new EvaluationView(on.names());
        Objections objections = new Objections(on.db(), on.clock(), scores, people, notices);
        Periods periods = new Periods(on.db(), on.clock(), on.clocks(), books, people, scores, notices);
        new ScoreApi(on.db(), on.clock(), scores, people, periods, objections, view).mount(contract);
        new JudgingApi(on.db(), on.clock(), books, objections, new Signals(on.db(), on.clock(), books), view)
                .mount(contract);
        new RewardApi(
                        on.db(),
                        on.clock(),
                        people,
                        new Rewards(on.db(), on.clock()),
                        new Honours(on.db(), on.clock(), scores, notices),
                        view,
                        on.names())
                .mount(contract);
    }

    /** Puts the shipped rules in where there are none. */
    public Future<Void> start() {
        return books.settle();
    }
}
