package linge.demo;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Filling the demo city with a month of cases, and emptying it again: by administrators, in demo mode only. */
public final class DemoDataApi {

    private static final Logger log = LoggerFactory.getLogger(DemoDataApi.class);

    private final boolean demo;
    private final DemoCases cases;
    private final AtomicBoolean filling = new AtomicBoolean();
    private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();

    public DemoDataApi(boolean demo, DemoCases cases) {
        this.demo = demo;
        this.cases = cases;
    }

    public void mount(Contract contract) {
        contract.on("getDemoData", this::get).on("fillDemoData", this::fill).on("clearDemoData", this::clear);
    }

    private Future<Answer> get(Call call) {
        administers(call);
        return shown().map(Answer::ok);
    }

    /** Answers at once; it takes some tens of seconds. */
    private Future<Answer> fill(Call call) {
        Caller.Staff who = administers(call);
        Integer asked = call.body().getInteger("cases");
        return cases.count().compose(there -> {
            if (there > 0 || !filling.compareAndSet(false, true)) {
                throw Refusal.of(Refusal.Kind.ALREADY_THERE, there > 0 ? "已经有演示数据了，请先清除再填充。" : "演示数据正在填充，请稍候。");
            }
            wrong.set(null);
            cases.fill(asked == null ? DemoCases.USUAL : asked, DemoCases.SEED)
                    .onFailure(failure -> {
                        wrong.set(failure instanceof Refusal refusal ? refusal.detail() : "没有填充成功，已经恢复原样。");
                        log.warn("the demo data could not be made up", failure);
                    })
                    .onComplete(done -> filling.set(false));
            return cases.asked(who, "demo.fill", new JsonObject().put("cases", asked))
                    .compose(noted -> shown())
                    .map(Answer::accepted);
        });
    }

    private Future<Answer> clear(Call call) {
        Caller.Staff who = administers(call);
        if (filling.get()) {
            throw Refusal.of(Refusal.Kind.OUT_OF_TURN, "演示数据正在填充，完成后才能清除。");
        }
        return cases.asked(who, "demo.clear", new JsonObject())
                .compose(noted -> cases.clear())
                .compose(gone -> shown())
                .map(Answer::ok);
    }

    private Future<JsonObject> shown() {
        return cases.count()
                .map(count -> new JsonObject()
                        .put("cases", count)
                        .put("filling", filling.get())
                        .put("wrong", wrong.get()));
    }

    private Caller.Staff administers(Call call) {
        if (!demo) {
            throw Refusal.notFound("这个地址");
        }
        if (call.staff().role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("这项操作由管理员来做。");
        }
        return call.staff();
    }
}
