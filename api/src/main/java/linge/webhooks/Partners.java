package linge.webhooks;

import io.vertx.core.json.JsonObject;
import linge.grids.Grids;
import linge.http.Answer;
import linge.http.Call;
import linge.notify.webhook.Vault;
import linge.notify.webhook.Webhooks;
import linge.shared.AreaLevel;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Role;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Who looks after other systems, and what both kinds of them have in common. */
final class Partners {

    private Partners() {}

    static Caller.Staff administrator(Call call) {
        Caller.Staff who = call.staff();
        if (who.role() != Role.ADMINISTRATOR) {
            throw Refusal.notAllowed("和其他系统的对接由管理员来管。");
        }
        return who;
    }

    /** Whether an administrator looks after what belongs to this area. */
    static boolean looksAfter(Caller.Staff who, String area) {
        return AreaLevel.covers(who.area(), area);
    }

    /** The area given, or the administrator's own. */
    static String area(Caller.Staff who, @Nullable String given, Grids grids) {
        if (given == null || given.equals(who.area())) {
            return who.area();
        }
        if (!looksAfter(who, given)) {
            throw Refusal.notAllowed("只能管理本级和下级区域的对接。");
        }
        boolean known = AreaLevel.isCode(given)
                && (AreaLevel.of(given) == AreaLevel.GRID
                        ? grids.index().get(given).isPresent()
                        : grids.gazetteer().get(given).isPresent());
        if (!known) {
            throw Refusal.notSensible("/area", "没有这个区域。");
        }
        return given;
    }

    static String name(JsonObject body) {
        String name = Words.of(body.getString("name"));
        if (name == null) {
            throw Refusal.badInput("/name", "请填写名称。");
        }
        return name;
    }

    /** Several nodes need one key; without it nothing can be sealed that the others could open. */
    static void requireKey(Vault vault) {
        if (!vault.isOpen()) {
            throw Refusal.of(Refusal.Kind.NOT_READY, "多个节点一起运行时，请先在每个节点上设置同一个 LINGE_WEBHOOK_KEY。");
        }
    }

    static Answer rotated(Webhooks.Rotated rotated) {
        return Answer.ok(new JsonObject()
                .put("secret", rotated.secret().text())
                .put("oldUntil", rotated.oldUntil().toString()));
    }
}
