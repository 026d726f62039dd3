package linge.admin;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import linge.bot.place.NameKind;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;

/** Other names of an area over HTTP: whoever reads the area reads them, its administrators change them. */
final class AreaNamesApi {

    private final AreaNames names;

    AreaNamesApi(AreaNames names) {
        this.names = names;
    }

    void mount(Contract contract) {
        contract.on("listAreaNames", this::list).on("addAreaName", this::add).on("removeAreaName", this::remove);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = AdminPolicy.reader(call);
        String area = AdminPolicy.area(who, call.path("code"));
        return names.of(area, who.role() == Role.ADMINISTRATOR).map(Answer::ok);
    }

    private Future<Answer> add(Call call) {
        Caller.Staff who = AdminPolicy.administrator(call);
        String area = AdminPolicy.area(who, call.path("code"));
        JsonObject body = call.body();
        return names.add(who, area, body.getString("name"), NameKind.valueOf(body.getString("kind")))
                .map(Answer::created);
    }

    private Future<Answer> remove(Call call) {
        Caller.Staff who = AdminPolicy.administrator(call);
        String area = AdminPolicy.area(who, call.path("code"));
        return names.remove(who, area, row(call.path("id"))).map(done -> Answer.nothing());
    }

    private static long row(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw Refusal.notFound("这个别名");
        }
    }
}
