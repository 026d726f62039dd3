package linge.people;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import linge.grids.GeoPoint;
import linge.grids.Grid;
import linge.grids.GridAnswer;
import linge.grids.Grids;
import linge.grids.Where;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.residents.Phone;
import linge.residents.Residents;
import linge.sessions.Sessions;
import linge.shared.Caller;
import linge.shared.Names;
import linge.shared.Refusal;
import linge.shared.Words;
import linge.staff.Staff;
import linge.staff.StaffMember;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and one's own data. */
public final class PeopleApi {

    private static final int CODE_SECONDS = 300;
    private static final int RESEND_SECONDS = 60;

    private final Residents residents;
    private final Staff staff;
    private final Sessions sessions;
    private final Grids grids;
    private final Names names;

    public PeopleApi(Residents residents, Staff staff, Sessions sessions, Grids grids, Names names) {
        this.residents = residents;
        this.staff = staff;
        this.sessions = sessions;
        this.grids = grids;
        this.names = names;
    }

    public void mount(Contract contract) {
        contract.on("sendSmsCode", this::sendCode)
                .on("signIn", this::signIn)
                .on("getSession", this::session)
                .on("signOut", this::signOut)
                .on("getMe", this::me)
                .on("putMe", this::putMe)
                .on("changePassword", this::changePassword);
    }

    private Future<Answer> sendCode(Call call) {
        String phone = Phone.parse(call.body().getString("phone"));
        return residents
                .sendCode(phone, call.address())
                .map(sent -> Answer.accepted(
                        new JsonObject().put("expiresIn", CODE_SECONDS).put("resendIn", RESEND_SECONDS)));
    }

    private Future<Answer> signIn(Call call) {
        JsonObject body = call.body();
        return who(body, call.address())
                .compose(caller -> sessions.open(caller)
                        .compose(opened -> person(caller).map(person -> {
                            call.ctx().response().addCookie(sessions.cookie(opened));
                            return Answer.created(new JsonObject()
                                    .put("kind", person.getString("kind"))
                                    .put("token", opened.token())
                                    .put("csrf", opened.csrf())
                                    .put("expires", opened.expires().toString())
                                    .put("person", person));
                        })));
    }

    private Future<Caller> who(JsonObject body, String address) {
        String phone = body.getString("phone");
        String code = body.getString("code");
        String user = Words.of(body.getString("user"));
        String password = body.getString("password");
        if (phone != null && code != null && user == null && password == null) {
            return residents.signIn(Phone.parse(phone), code).map(resident -> resident);
        }
        if (user != null && password != null && phone == null && code == null) {
            return staff.signIn(user, password, address).map(StaffMember::caller);
        }
        throw Refusal.badInput("", "请用手机号和验证码登录，或用用户名和密码登录。");
    }

    private Future<Answer> session(Call call) {
        return sessions.current(call.ctx()).compose(current -> {
            if (current == null) {
                throw Refusal.of(Refusal.Kind.NOT_SIGNED_IN, "请先登录。");
            }
            return person(call.caller())
                    .map(person -> Answer.ok(new JsonObject()
                            .put("kind", person.getString("kind"))
                            .put("csrf", current.csrf())
                            .put("expires", current.expires().toString())
                            .put("person", person)));
        });
    }

    private Future<Answer> signOut(Call call) {
        return sessions.current(call.ctx())
                .compose(current -> {
                    if (current == null) {
                        return Future.succeededFuture();
                    }
                    return call.flag("everywhere")
                            ? sessions.endAllOf(current.caller())
                            : sessions.end(current.tokenHash());
                })
                .map(ended -> {
                    call.ctx().response().addCookie(sessions.noCookie());
                    return Answer.nothing();
                });
    }

    private Future<Answer> me(Call call) {
        return person(call.caller()).map(Answer::ok);
    }

    private Future<Answer> putMe(Call call) {
        Caller.Resident resident = call.resident();
        JsonObject body = call.body();
        Future<Void> renamed = body.containsKey("name")
                ? residents.rename(resident.id(), Words.of(body.getString("name")))
                : Future.succeededFuture();
        return renamed.compose(done -> body.containsKey("home")
                        ? moveHome(resident, body.getJsonObject("home"))
                        : Future.succeededFuture())
                .compose(done -> person(resident))
                .map(Answer::ok);
    }

    private Future<Void> moveHome(Caller.Resident resident, @Nullable JsonObject home) {
        if (home == null) {
            return residents.moveHome(resident.id(), null, null);
        }
        String address = Words.of(home.getString("address"));
        String grid = home.getString("grid");
        GeoPoint point = GeoPoint.of(home.getJsonObject("point"), "/home/point");
        GridAnswer ground =
                grid != null ? grids.index().chosen(grid) : grids.locate(new Where(null, address, point, null));
        if (ground.grid() == null) {
            throw Refusal.of(Refusal.Kind.PLACE_NEEDED, "还不能确定您家在哪个网格，请在地图上点一下，或从列表里选到网格。")
                    .with("candidates", ground.toJson().getJsonArray("candidates"));
        }
        return residents.moveHome(resident.id(), address, ground.grid().code());
    }

    private Future<Answer> changePassword(Call call) {
        JsonObject body = call.body();
        return sessions.current(call.ctx())
                .compose(here -> staff.changePassword(call.staff(), body.getString("old"), body.getString("new"), here))
                .map(changed -> Answer.nothing());
    }

    /** Schema {@code Person}. */
    private Future<JsonObject> person(Caller caller) {
        if (caller instanceof Caller.Staff who) {
            return staff.member(who.id())
                    .map(member -> new JsonObject()
                            .put("kind", "STAFF")
                            .put("name", member.name())
                            .put("phone", member.phone())
                            .put("home", null)
                            .put("staff", member.toJson(names)));
        }
        Caller.Resident resident = (Caller.Resident) caller;
        return residents
                .profile(resident.id())
                .map(profile -> new JsonObject()
                        .put("kind", "RESIDENT")
                        .put("name", profile.name())
                        .put("phone", Phone.maskedOrNull(profile.phone()))
                        .put("home", home(profile))
                        .put("staff", null));
    }

    private @Nullable JsonObject home(Residents.Profile profile) {
        String grid = profile.homeGrid();
        if (grid == null) {
            return null;
        }
        return new JsonObject()
                .put("address", profile.homeAddress())
                .put("grid", reference(grid))
                .put("placeName", names.area(grid.substring(0, 12)));
    }

    /** Schema {@code GridRef}; null when the grid is no longer in force. */
    private @Nullable JsonObject reference(String code) {
        Grid grid = grids.index().get(code).orElse(null);
        return grid == null
                ? null
                : new JsonObject()
                        .put("code", grid.code())
                        .put("name", grid.name())
                        .put("kind", grid.kind().name())
                        .put("demo", grids.index().version().demo());
    }
}
