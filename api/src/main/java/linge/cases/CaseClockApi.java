package linge.cases;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import linge.clocks.ClockView;
import linge.clocks.Clocks;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Names;

/** {@code getCaseClocks}: every deadline a case has or had, by which article, and why it is what it is. */
public final class CaseClockApi {

    private final Cases cases;
    private final Clocks clocks;
    private final Pool db;
    private final Clock clock;
    private final Names names;

    public CaseClockApi(Cases cases, Cases.Ground on) {
        this.cases = cases;
        this.clocks = on.clocks();
        this.db = on.db();
        this.clock = on.clock();
        this.names = on.names();
    }

    public void mount(Contract contract) {
        contract.on("getCaseClocks", this::clocks);
    }

    private Future<Answer> clocks(Call call) {
        Caller.Staff who = call.staff();
        Instant now = clock.instant();
        return cases.find(CaseNumber.parse(call.path("number")), who).compose(found -> {
            UUID id = found.facts().id();
            return clocks.all(db, id)
                    .compose(all -> clocks.stories(db, id).map(stories -> {
                        JsonArray items = new JsonArray();
                        all.forEach(one ->
                                items.add(ClockView.of(one, stories.getOrDefault(one.id(), List.of()), names, now)));
                        return Answer.ok(new JsonObject().put("items", items).put("now", now.toString()));
                    }));
        });
    }
}
