package linge.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import linge.bot.triage.Categories;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.shared.Words;

/** What administrators do with accounts. */
public final class StaffApi {

    private static final int PAGE = 50;

    private final Staff staff;
    private final Names names;

    public StaffApi(Staff staff, Names names) {
        this.staff = staff;
        this.names = names;
    }

    public void mount(Contract contract) {
        contract.on("listStaff", this::list)
                .on("addStaff", this::add)
                .on("changeStaff", this::change)
                .on("endStaffSessions", this::endSessions);
        new PostsApi(staff.posts(), names).mount(contract);
    }

    private Future<Answer> list(Call call) {
        Caller.Staff who = call.staff();
        String area = Objects.requireNonNullElse(call.query("area"), who.area());
        String after = Objects.requireNonNullElse(call.query("after"), "");
        int limit = call.integer("limit", PAGE);
        return staff.list(who, area, after, limit + 1).map(found -> {
            List<StaffMember> shown = found.subList(0, Math.min(limit, found.size()));
            JsonArray items = new JsonArray();
            shown.forEach(member -> items.add(member.toJson(names)));
            String next = found.size() > limit ? shown.get(limit - 1).user() : null;
            return Answer.ok(new JsonObject().put("items", items).put("next", next));
        });
    }

    private Future<Answer> add(Call call) {
        JsonObject body = call.body();
        String department = body.getString("department");
        boolean known = Categories.shipped().departments().stream()
                .anyMatch(one -> one.code().equals(department));
        if (department != null && !known) {
            throw Refusal.notSensible("/department", "没有这个部门。");
        }
        String name = Words.of(body.getString("name"));
        if (name == null) {
            throw Refusal.badInput("/name", "请填写姓名。");
        }
        Staff.NewMember wanted = new Staff.NewMember(
                body.getString("user"),
                name,
                Role.valueOf(body.getString("role")),
                body.getString("area"),
                department,
                Words.of(body.getString("phone")),
                body.getString("password"));
        return staff.add(call.staff(), wanted).map(member -> Answer.created(member.toJson(names)));
    }

    private Future<Answer> change(Call call) {
        JsonObject body = call.body();
        String user = call.path("user");
        Caller.Staff who = call.staff();
        Future<Void> password = body.containsKey("password")
                ? staff.setPassword(who, user, body.getString("password"))
                : Future.succeededFuture();
        return password.compose(done -> body.containsKey("active")
                        ? staff.openOrClose(who, user, body.getBoolean("active"))
                        : staff.within(who, user))
                .map(member -> Answer.ok(member.toJson(names)));
    }

    private Future<Answer> endSessions(Call call) {
        return staff.endSessions(call.staff(), call.path("user")).map(ended -> Answer.nothing());
    }
}
