package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notices.Actions.Done;
import linge.notices.Actions.Kind;
import linge.notify.Addresses;
import linge.notify.Addresses.Address;
import linge.notify.Audience;
import linge.notify.Backlog;
import linge.notify.Figures;
import linge.notify.Operations;
import linge.notify.Previews;
import linge.residents.Phone;
import linge.shared.Caller;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** What an operator puts right: parked notices, quotas, numbers. Each is recorded with what it did, in one transaction. */
final class Repairs {

    private static final int PAGE = 30;
    private static final int MOST_AT_ONCE = 1_000;

    private final NoticesApi.Ground on;
    private final Actions actions;
    private final Backlog backlog;
    private final Previews previews;

    Repairs(NoticesApi.Ground on, Actions actions) {
        this.on = on;
        this.actions = actions;
        this.backlog = new Backlog(on.db(), on.clock(), on.templates());
        this.previews = new Previews(on.templates(), on.clock(), on.signature());
    }

    void mount(Contract contract) {
        contract.on("listParkedNotices", this::parked)
                .on("resendParked", this::resend)
                .on("resendParkedGroup", this::resendGroup)
                .on("dropParked", this::drop)
                .on("setNoticeQuota", this::setQuota)
                .on("trustNumber", this::trust);
    }

    private Future<Answer> parked(Call call) {
        NoticePolicy.operates(call);
        String before = call.query("before");
        List<String> rungs = on.channels().stream()
                .filter(channel -> !channel.equals("inbox"))
                .toList();
        return backlog.parked(
                        Words.of(call.query("channel")),
                        Words.of(call.query("reason")),
                        before == null ? null : Long.valueOf(before),
                        call.integer("limit", PAGE),
                        rungs)
                .compose(page -> backlog.groups().map(groups -> {
                    page.getJsonArray("items").stream()
                            .map(JsonObject.class::cast)
                            .forEach(item -> item.put("title", previews.title(item.getString("template"))));
                    return Answer.ok(page.put("groups", groups));
                }));
    }

    private Future<Answer> resend(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        String typed = Words.of(call.body().getString("phone"));
        String phone = typed == null ? null : Phone.parse(typed);
        String channel = Words.of(call.body().getString("channel"));
        if (phone != null && channel != null) {
            throw Refusal.badInput("/channel", "换号码和换渠道请选一样。");
        }
        return recorded(call, who, Kind.RESEND, (tx, item) -> {
            String over = item.getString("channel");
            if (phone != null && !over.equals("sms")) {
                throw Refusal.notSensible("/phone", "只有短信可以换号码。");
            }
            Operations operations = operations(tx);
            JsonObject what = about(call, item);
            if (channel != null) {
                return operations.sendOver(id(call), channel).map(sent -> {
                    if (!sent) {
                        throw Refusal.notSensible("/channel", "这个渠道没有这条通知的文字、送不到这个人，或者已经用它发过。");
                    }
                    return what.put("channel", channel).put("from", over);
                });
            }
            Future<Boolean> sent = phone == null
                    ? operations.sendAgain(List.of(id(call))).map(count -> count == 1)
                    : operations.sendToPhone(id(call), phone);
            return sent.map(ours -> {
                if (!ours) {
                    throw handledAlready();
                }
                return phone == null ? what : what.put("phone", Phone.masked(phone));
            });
        });
    }

    private Future<Answer> drop(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        String why = Words.of(call.body().getString("why"));
        if (why == null) {
            throw Refusal.badInput("/why", "请写明为什么不再发。");
        }
        return recorded(
                call,
                who,
                Kind.DROP,
                (tx, item) -> operations(tx).drop(id(call), why).map(dropped -> {
                    if (!dropped) {
                        throw handledAlready();
                    }
                    return about(call, item).put("why", why);
                }));
    }

    /** One parked delivery's repair; answers what is to be recorded of it. */
    private interface Repair {
        Future<JsonObject> of(SqlConnection tx, JsonObject item);
    }

    private Future<Answer> recorded(Call call, Caller.Staff who, Kind kind, Repair repair) {
        return actions.recorded(
                who,
                kind,
                tx -> new Backlog(tx, on.clock(), on.templates())
                        .find(id(call))
                        .compose(item -> repair.of(tx, stillParked(item)))
                        .map(what -> new Done<>(what, Answer.nothing())));
    }

    private static JsonObject stillParked(@Nullable JsonObject item) {
        if (item == null) {
            throw Refusal.notFound("这条通知");
        }
        if (!item.getBoolean("parked")) {
            throw handledAlready();
        }
        return item;
    }

    private static Refusal handledAlready() {
        return Refusal.of(Refusal.Kind.OUT_OF_TURN, "这条通知已经不在停下的列表里，可能刚有人处理过。");
    }

    private static JsonObject about(Call call, JsonObject item) {
        return new JsonObject()
                .put("id", id(call))
                .put("channel", item.getString("channel"))
                .put("template", item.getString("template"));
    }

    private Future<Answer> resendGroup(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        String channel = Words.of(call.body().getString("channel"));
        String reason = Words.of(call.body().getString("reason"));
        if (channel == null || reason == null) {
            throw Refusal.badInput("/reason", "请选一组再重发。");
        }
        return actions.recorded(
                who,
                Kind.RESEND_GROUP,
                tx -> new Backlog(tx, on.clock(), on.templates())
                        .idsOf(channel, reason, MOST_AT_ONCE)
                        .compose(ids -> operations(tx).sendAgain(ids))
                        .map(count -> new Done<>(
                                count == 0
                                        ? null
                                        : new JsonObject()
                                                .put("channel", channel)
                                                .put("reason", reason)
                                                .put("count", count),
                                Answer.ok(new JsonObject().put("count", count)))));
    }

    private Future<Answer> setQuota(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        String name = call.path("name");
        Integer most = call.body().getInteger("most");
        return actions.recorded(who, Kind.SET_QUOTA, tx -> {
            Figures figures = new Figures(tx, on.clock(), on.templates());
            return Desk.quota(figures, name)
                    .compose(before -> figures.limit(name, most)
                            .compose(set -> Desk.quota(figures, name))
                            .map(after -> new Done<>(
                                    new JsonObject()
                                            .put("name", name)
                                            .put("note", after.getString("note"))
                                            .put("was", before.getInteger("most"))
                                            .put("most", most),
                                    Answer.ok(after))));
        });
    }

    private Future<Answer> trust(Call call) {
        Caller.Staff who = NoticePolicy.operates(call);
        Audience resident = Audience.resident(call.path("person"), null);
        Addresses addresses = new Addresses(on.db(), on.clock());
        return addresses.of(resident, Addresses.PHONE).compose(all -> {
            List<Address> bounced =
                    all.stream().filter(address -> !address.works()).toList();
            if (bounced.isEmpty()) {
                throw Refusal.notFound("送不到的号码");
            }
            JsonArray phones = new JsonArray(
                    bounced.stream().map(one -> Phone.masked(one.value())).toList());
            return actions.recorded(
                    who,
                    Kind.TRUST_NUMBER,
                    tx -> Future.all(bounced.stream()
                                    .map(one ->
                                            addresses.keep(tx, resident, Addresses.PHONE, one.value(), one.details()))
                                    .toList())
                            .map(kept -> new Done<>(
                                    new JsonObject()
                                            .put("person", resident.id())
                                            .put(
                                                    "phone",
                                                    String.join(
                                                            "、",
                                                            phones.stream()
                                                                    .map(String::valueOf)
                                                                    .toList())),
                                    Answer.nothing())));
        });
    }

    private Operations operations(SqlConnection tx) {
        return new Operations(tx, on.clock(), on.templates());
    }

    private static long id(Call call) {
        return Long.parseLong(call.path("id"));
    }
}
