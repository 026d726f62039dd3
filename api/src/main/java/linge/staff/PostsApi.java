package linge.staff;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.UUID;
import linge.bot.triage.Categories;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.shared.AreaLevel;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Role;
import org.jspecify.annotations.Nullable;

/** Posts: who has them, who stands in, who is away. */
public final class PostsApi {

    private static final int PAGE = 50;

    private final Posts posts;
    private final Names names;

    public PostsApi(Posts posts, Names names) {
        this.posts = posts;
        this.names = names;
    }

    public void mount(Contract contract) {
        contract.on("listPosts", this::list)
                .on(
                        "getPost",
                        call -> posts.one(call.staff(), id(call.path("post"), "这个岗位"), names)
                                .map(Answer::ok))
                .on("addPost", this::add)
                .on(
                        "cancelLeave",
                        call -> posts.cancelLeave(call.staff(), call.path("user"), id(call.path("leave"), "这次休假"))
                                .map(done -> Answer.nothing()))
                .on("appointToPost", this::appoint)
                .on("endPost", this::end)
                .on("setLeave", this::leave);
    }

    private Future<Answer> list(Call call) {
        String area =
                Objects.requireNonNullElse(call.query("area"), call.staff().area());
        Posts.Wanted wanted = new Posts.Wanted(area, call.flag("own"), call.flag("vacant"));
        return posts.list(call.staff(), wanted, call.query("after"), call.integer("limit", PAGE), names)
                .map(Answer::ok);
    }

    private Future<Answer> add(Call call) {
        JsonObject body = call.body();
        String area = body.getString("area");
        if (!AreaLevel.isCode(area) || unknown(area)) {
            throw Refusal.notSensible("/area", "没有这个区域，请重新选择。");
        }
        String department = body.getString("department");
        boolean known = department == null
                || Categories.shipped().departments().stream()
                        .anyMatch(one -> one.code().equals(department));
        if (!known) {
            throw Refusal.notSensible("/department", "没有这个部门。");
        }
        return posts.add(call.staff(), area, Role.valueOf(body.getString("role")), department)
                .map(made -> Answer.created(new JsonObject().put("id", made.toString())));
    }

    /** No place and no grid in force. */
    private boolean unknown(String area) {
        String name = names.area(area);
        return name.isBlank() || name.equals(area);
    }

    private Future<Answer> appoint(Call call) {
        JsonObject body = call.body();
        LocalDate from = day(body, "from");
        return posts.appoint(
                        call.staff(),
                        id(call.path("post"), "这个岗位"),
                        body.getString("user"),
                        Posts.Hold.valueOf(body.getString("hold")),
                        from == null ? posts.today() : from,
                        day(body, "until"))
                .map(made -> Answer.created(new JsonObject().put("id", made.toString())));
    }

    private Future<Answer> end(Call call) {
        return posts.end(call.staff(), id(call.path("holding"), "这个任职")).map(done -> Answer.nothing());
    }

    private Future<Answer> leave(Call call) {
        JsonObject body = call.body();
        return posts.leave(
                        call.staff(),
                        call.path("user"),
                        Objects.requireNonNull(day(body, "from")),
                        Objects.requireNonNull(day(body, "until")))
                .map(done -> Answer.nothing());
    }

    private static UUID id(String text, String what) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.notFound(what);
        }
    }

    private static @Nullable LocalDate day(JsonObject body, String field) {
        String text = body.getString(field);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Refusal.badInput("/" + field, "日期不对，请重新选择。");
        }
    }
}
