package linge.triage;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import linge.bot.triage.Categories;
import linge.bot.triage.Category;
import linge.bot.triage.Triaged;
import linge.grids.GeoPoint;
import linge.http.Answer;
import linge.http.Brake;
import linge.http.Call;
import linge.http.Contract;
import linge.residents.Residents;
import linge.shared.Refusal;
import linge.shared.Words;
import linge.triage.Understanding.Understood;

/** {@code triage}, {@code listCategories}. */
public final class TriageApi {

    private final Understanding understanding;
    private final Residents residents;
    private final Brake brake;

    public TriageApi(Understanding understanding, Residents residents, Brake brake) {
        this.understanding = understanding;
        this.residents = residents;
        this.brake = brake;
    }

    public void mount(Contract contract) {
        contract.on("triage", this::triage).on("listCategories", call -> Future.succeededFuture(categories()));
    }

    private Future<Answer> triage(Call call) {
        brake.take(call.address());
        JsonObject body = call.body();
        String text = Words.of(body.getString("text"));
        if (text == null) {
            throw Refusal.badInput("/text", "请用文字说说您遇到的问题。");
        }
        GeoPoint point = GeoPoint.of(body.getJsonObject("point"), "/point");
        return residents
                .homeOf(call.caller())
                .compose(home -> understanding.of(text, point, null, home.orElse(null)))
                .map(TriageApi::answer);
    }

    private static Answer answer(Understood understood) {
        Triaged triaged = understood.triaged();
        Category category = triaged.category();
        JsonArray others = new JsonArray();
        triaged.candidates()
                .forEach(other -> others.add(KnownNames.of(other.category()).put("confidence", other.confidence())));
        JsonObject answer = understood.ground().toJson();
        return Answer.ok(answer.put("category", category == null ? null : KnownNames.of(category))
                .put("confidence", triaged.confidence())
                .put("abstained", triaged.abstained())
                .put("department", category == null ? null : KnownNames.of(category.department()))
                .put("urgency", triaged.urgency().name())
                .put("hotline", triaged.hotline())
                .put("categories", others));
    }

    private static Answer categories() {
        JsonArray items = new JsonArray();
        Categories.shipped().all().forEach(category -> items.add(KnownNames.of(category)));
        JsonArray departments = new JsonArray();
        Categories.shipped().departments().forEach(department -> departments.add(KnownNames.of(department)));
        return Answer.ok(new JsonObject().put("items", items).put("departments", departments));
    }
}
