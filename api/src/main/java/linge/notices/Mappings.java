package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notices.Actions.Done;
import linge.notices.Actions.Kind;
import linge.notify.Previews;
import linge.notify.Sms;
import linge.notify.TemplateMap;
import linge.notify.TemplateMap.Mapping;
import linge.notify.sms.TemplateBook;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Our templates: how they read, and what the platforms that only carry registered ones call them. */
final class Mappings {

    /** Two who change the same mapping come one after the other. */
    private static final String IN_TURN = "SELECT pg_advisory_xact_lock(hashtext('template_map ' || $1))";

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,128}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_.]{0,39}");

    private final NoticesApi.Ground on;
    private final Actions actions;
    private final Previews previews;

    Mappings(NoticesApi.Ground on, Actions actions) {
        this.on = on;
        this.actions = actions;
        this.previews = new Previews(on.templates(), on.clock(), on.signature());
    }

    void mount(Contract contract) {
        contract.on("listNoticeTemplates", this::list)
                .on("mapNoticeTemplate", this::map)
                .on("previewNotice", this::preview);
    }

    private Future<Answer> list(Call call) {
        NoticePolicy.operates(call);
        return new TemplateMap(on.db(), on.clock())
                .all()
                .compose(all -> actions.lastMapped().map(changes -> {
                    Map<String, Mapping> byName = new HashMap<>();
                    all.forEach(one -> byName.put(one.template() + " " + one.channel(), one));
                    JsonArray items = new JsonArray();
                    if (on.platforms().stream().anyMatch(Mappings::isSms)) {
                        items.add(code(byName, changes));
                    }
                    on.templates().names().forEach(template -> items.add(item(template, byName, changes)));
                    return Answer.ok(
                            new JsonObject().put("items", items).put("platforms", new JsonArray(on.platforms())));
                }));
    }

    private JsonObject item(String template, Map<String, Mapping> byName, JsonObject changes) {
        JsonArray mappings = new JsonArray();
        for (String platform : on.platforms()) {
            String channel = channelOf(template, platform);
            if (channel != null && isSms(platform)) {
                ways(template, platform, byName, changes).forEach(mappings::add);
            } else if (channel != null) {
                mappings.add(shown(platform, channel, template, byName, changes));
            }
        }
        return new JsonObject()
                .put("template", template)
                .put("title", previews.title(template))
                .put("channels", new JsonArray(List.copyOf(on.templates().channels(template))))
                .put("mappings", mappings);
    }

    /** The sign-in code is no notice, and yet some carriers want a template for it. */
    private JsonObject code(Map<String, Mapping> byName, JsonObject changes) {
        JsonArray mappings = new JsonArray();
        on.platforms().stream()
                .filter(Mappings::isSms)
                .forEach(platform ->
                        ways(TemplateBook.CODE, platform, byName, changes).forEach(mappings::add));
        return new JsonObject()
                .put("template", TemplateBook.CODE)
                .put("title", "登录验证码")
                .put("channels", new JsonArray().add(Sms.NAME))
                .put("mappings", mappings);
    }

    /** Each way of saying an SMS is a template there, the shortest first: it has to be there, others may be. */
    private List<JsonObject> ways(String template, String platform, Map<String, Mapping> byName, JsonObject changes) {
        return on.book().ways(template).stream()
                .sorted(Comparator.comparingInt(way -> way.fields().size()))
                .map(way -> shown(platform, Sms.NAME, way.key(), byName, changes)
                        .put("words", way.words())
                        .put("optional", !way.key().equals(template)))
                .toList();
    }

    private static boolean isSms(String platform) {
        return platform.startsWith(Sms.NAME + "-");
    }

    private static JsonObject shown(
            String platform, String channel, String key, Map<String, Mapping> byName, JsonObject changes) {
        String name = key + " " + platform;
        return shown(platform, channel, key, byName.get(name)).mergeIn(changes.getJsonObject(name, new JsonObject()));
    }

    /** Schema {@code TemplateMapping}. */
    private static JsonObject shown(String platform, String channel, String key, @Nullable Mapping mapping) {
        return new JsonObject()
                .put("platform", platform)
                .put("channel", channel)
                .put("template", key)
                .put("id", mapping == null ? null : mapping.platformId())
                .put("keys", mapping == null ? new JsonObject() : mapping.keys());
    }

    /** The channel whose words a platform would carry: its own name, or what stands before its dash; null where there are none. */
    private @Nullable String channelOf(String template, String platform) {
        return on.templates().channels(template).stream()
                .filter(channel -> platform.equals(channel) || platform.startsWith(channel + "-"))
                .findFirst()
                .orElse(null);
    }

    private Future<Answer> map(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        String template = call.path("template");
        String platform = call.path("platform");
        String channel = !on.platforms().contains(platform) ? null : carried(template, platform);
        if (channel == null) {
            throw Refusal.notFound("这个模板在这个平台上的位置");
        }
        String id = Words.of(call.body().getString("id"));
        if (id != null && !ID.matcher(id).matches()) {
            throw Refusal.notSensible("/id", "平台编号只有字母、数字、点、横线和下划线，请从平台的模板页复制。");
        }
        JsonObject keys = call.body().getJsonObject("keys", new JsonObject());
        check(keys, isSms(platform) ? Set.of() : previews.keywords(template, channel));
        return actions.recorded(who, Kind.MAP_TEMPLATE, tx -> {
            TemplateMap map = new TemplateMap(tx, on.clock());
            return tx.preparedQuery(IN_TURN)
                    .execute(Tuple.of(platform + " " + template))
                    .compose(locked -> map.of(platform, template))
                    .compose(before -> {
                        String was = before == null ? null : before.platformId();
                        if (!Objects.equals(was, Words.of(call.body().getString("was")))) {
                            throw Refusal.of(
                                    Refusal.Kind.STALE_VERSION,
                                    "刚刚有人改过，现在是“" + (was == null ? "空" : was) + "”。请看过再保存。");
                        }
                        Mapping after = id == null ? null : new Mapping(platform, template, id, keys);
                        Future<?> kept = after == null ? map.remove(tx, platform, template) : map.set(tx, after);
                        JsonObject what = new JsonObject()
                                .put("template", template)
                                .put("platform", platform)
                                .put("was", was)
                                .put("id", id)
                                .put("keys", keys.encode());
                        JsonObject result = shown(platform, channel, template, after)
                                .put("changedAt", on.clock().instant().toString())
                                .put("changedBy", who.name());
                        return kept.map(done -> new Done<>(what, Answer.ok(result)));
                    });
        });
    }

    /** The channel whose words a platform would carry under this name; null where there are none. */
    private @Nullable String carried(String key, String platform) {
        if (isSms(platform)) {
            boolean known = on.book().ways().stream().anyMatch(way -> way.key().equals(key));
            return known ? Sms.NAME : null;
        }
        return channelOf(known(key), platform);
    }

    /** Ours must be keywords of the template; theirs of the same kind, for a platform cuts each kind its own way. */
    private static void check(JsonObject keys, Set<String> ours) {
        for (Map.Entry<String, Object> key : keys) {
            String theirs = String.valueOf(key.getValue());
            if (!ours.contains(key.getKey())) {
                throw Refusal.notSensible(
                        "/keys",
                        ours.isEmpty()
                                ? "这个渠道没有关键词，不用写对应。"
                                : "我们的模板没有关键词 " + key.getKey() + "，只有 " + String.join("、", ours) + "。");
            }
            if (!KEY.matcher(theirs).matches() || !kind(theirs).equals(kind(key.getKey()))) {
                throw Refusal.notSensible("/keys", key.getKey() + " 要对应同一类的关键词，例如 " + kind(key.getKey()) + "4。");
            }
        }
    }

    private static String kind(String key) {
        return key.replaceAll("\\d+$", "");
    }

    private Future<Answer> preview(Call call) {
        NoticePolicy.operates(call);
        String template = known(call.body().getString("template"));
        return Future.succeededFuture(Answer.ok(previews.of(
                template, call.body().getJsonObject("fields"), call.body().getBoolean("elder", false))));
    }

    private String known(String template) {
        if (!on.templates().names().contains(template)) {
            throw Refusal.notFound("这个模板");
        }
        return template;
    }
}
