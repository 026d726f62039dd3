package linge.demo;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.LocalSmsGateway;
import linge.residents.Phone;
import linge.shared.AreaLevel;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.staff.Staff;

/** What only demo mode shows: the SMS sent, and the sign-ins of the made-up staff. */
public final class DemoApi {

    private static final int MESSAGES = 50;
    private static final String CITY = "1404";

    private final boolean demo;
    private final LocalSmsGateway sms;
    private final Staff staff;
    private final Names names;

    public DemoApi(boolean demo, LocalSmsGateway sms, Staff staff, Names names) {
        this.demo = demo;
        this.sms = sms;
        this.staff = staff;
        this.names = names;
    }

    public void mount(Contract contract) {
        contract.on("listDemoMessages", this::messages).on("listDemoSignIns", this::signIns);
    }

    private Future<Answer> messages(Call call) {
        refuseOutsideDemo();
        String phone = call.query("phone");
        Future<JsonArray> found =
                phone == null || phone.isBlank() ? sms.recent(MESSAGES) : sms.messages(Phone.parse(phone), MESSAGES);
        return found.map(items -> {
            // The gateway's own counting is nobody's business.
            items.forEach(item -> ((JsonObject) item).remove("id"));
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    private Future<Answer> signIns(Call call) {
        refuseOutsideDemo();
        String grid = call.query("grid");
        if (grid != null && !AreaLevel.isCode(grid)) {
            throw Refusal.badInput("/grid", "网格编码不对。");
        }
        return staff.demoAccounts(upTo(grid == null ? CITY : grid)).map(members -> {
            JsonArray items = new JsonArray();
            members.forEach(member -> {
                JsonObject shown = member.toJson(names);
                JsonObject department = shown.getJsonObject("department");
                items.add(new JsonObject()
                        .put("name", member.name())
                        .put("role", member.role().name())
                        .put("roleName", member.role().label())
                        .put("area", member.area())
                        .put("areaName", shown.getString("areaName"))
                        .put("department", department == null ? null : department.getString("name"))
                        .put("user", member.user())
                        .put("password", DemoStaff.PASSWORD));
            });
            return Answer.ok(new JsonObject().put("items", items));
        });
    }

    /** The area itself and every one a case of it can climb to. */
    private static List<String> upTo(String area) {
        List<String> areas = new ArrayList<>(List.of(area));
        for (String at = area; AreaLevel.of(at) != AreaLevel.CITY; ) {
            at = AreaLevel.above(at);
            areas.add(at);
        }
        return areas;
    }

    private void refuseOutsideDemo() {
        if (!demo) {
            throw Refusal.notFound("这个地址");
        }
    }
}
