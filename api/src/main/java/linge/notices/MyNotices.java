package linge.notices;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import linge.http.Answer;
import linge.http.Call;
import linge.http.Contract;
import linge.notify.Addresses;
import linge.notify.Audience;
import linge.notify.Ladder;
import linge.notify.Ledgers;
import linge.notify.Preferences;
import linge.notify.Preferences.Preference;
import linge.residents.Phone;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** How a resident wants to be told: ways on and off, quiet hours, plain words. The inbox is not chosen. */
final class MyNotices {

    /** A way as residents think of it: one or more rungs of the ladder. */
    private enum Way {
        WECHAT("wechat", "wechat"),
        SMS("sms", "sms"),
        WEB_PUSH("web-push", "webPush");

        private final String label;
        private final String choice;

        Way(String label, String choice) {
            this.label = label;
            this.choice = choice;
        }

        /** The rungs it stands for, whether or not this service has them: a choice outlives a change of settings. */
        List<String> rungs() {
            return Ladder.USUAL.rungs().stream()
                    .filter(rung -> rung.equals(label) || rung.startsWith(label + "-"))
                    .toList();
        }
    }

    private final NoticesApi.Ground on;
    private final Addresses addresses;
    private final Preferences preferences;
    private final Ledgers ledgers;

    MyNotices(NoticesApi.Ground on) {
        this.on = on;
        this.addresses = new Addresses(on.db(), on.clock());
        this.preferences = new Preferences(on.db(), on.clock());
        this.ledgers = new Ledgers(on.db(), on.clock());
    }

    void mount(Contract contract) {
        contract.on("getMyNotices", call -> shown(call.resident()).map(Answer::ok))
                .on("putMyNotices", this::choose)
                .on("trustMyPhone", this::trust);
    }

    private Future<Answer> choose(Call call) {
        Caller.Resident resident = call.resident();
        JsonObject body = call.body();
        JsonObject quiet = body.getJsonObject("quiet");
        LocalTime from = quiet == null ? null : LocalTime.parse(quiet.getString("from"));
        LocalTime to = quiet == null ? null : LocalTime.parse(quiet.getString("to"));
        if (from != null && from.equals(to)) {
            throw Refusal.notSensible("/quiet", "不打扰的开始和结束不能是同一个时间。");
        }
        Audience who = who(resident);
        return preferences
                .of(who)
                .compose(before -> {
                    Set<String> off = new TreeSet<>(before.off());
                    for (Way way : Way.values()) {
                        way.rungs().forEach(off::remove);
                        if (!body.getBoolean(way.choice)) {
                            off.addAll(way.rungs());
                        }
                    }
                    return preferences.set(on.db(), who, new Preference(off, from, to, body.getBoolean("elderWords")));
                })
                .compose(kept -> shown(resident))
                .map(Answer::ok);
    }

    /** The owner says that the number takes SMS: a try is worth it. */
    private Future<Answer> trust(Call call) {
        Caller.Resident resident = call.resident();
        return addresses
                .find(Addresses.PHONE, resident.phone())
                .compose(found -> found == null || found.works()
                        ? Future.succeededFuture()
                        : addresses.keep(on.db(), who(resident), Addresses.PHONE, resident.phone(), found.details()))
                .compose(kept -> shown(resident))
                .map(Answer::ok);
    }

    private Future<JsonObject> shown(Caller.Resident resident) {
        Audience who = who(resident);
        return preferences
                .of(who)
                .compose(chosen -> Future.all(wechat(who, chosen), sms(resident, chosen), webPush(who, chosen))
                        .map(ways -> new JsonObject()
                                .put("ways", new JsonArray(ways.list()))
                                .put("quiet", quiet(chosen))
                                .put("elderWords", chosen.elder())));
    }

    private Future<JsonObject> wechat(Audience who, Preference chosen) {
        return addresses.of(who, Addresses.WECHAT).compose(bound -> {
            JsonObject way = way(Way.WECHAT, chosen, bound);
            Addresses.Address works =
                    bound.stream().filter(Addresses.Address::works).findFirst().orElse(null);
            return works == null
                    ? Future.succeededFuture(way)
                    : ledgers.consentsLeft(works.value()).map(left -> way.put("consents", left));
        });
    }

    private Future<JsonObject> sms(Caller.Resident resident, Preference chosen) {
        return addresses.find(Addresses.PHONE, resident.phone()).map(found -> {
            Instant bounced = found == null ? null : found.bouncedAt();
            return new JsonObject()
                    .put("way", Way.SMS.label)
                    .put("on", isOn(Way.SMS, chosen))
                    .put("state", !offers(Way.SMS) ? "NOT_OFFERED" : bounced == null ? "READY" : "BOUNCED")
                    .put("to", Phone.masked(resident.phone()))
                    .put("bouncedAt", bounced == null ? null : bounced.toString());
        });
    }

    private Future<JsonObject> webPush(Audience who, Preference chosen) {
        return addresses
                .of(who, Addresses.WEB_PUSH)
                .map(devices -> way(Way.WEB_PUSH, chosen, devices)
                        .put(
                                "devices",
                                devices.stream()
                                        .filter(Addresses.Address::works)
                                        .count()));
    }

    private JsonObject way(Way way, Preference chosen, List<Addresses.Address> bound) {
        boolean works = bound.stream().anyMatch(Addresses.Address::works);
        String state = !offers(way) ? "NOT_OFFERED" : works ? "READY" : bound.isEmpty() ? "NOT_BOUND" : "BOUNCED";
        return new JsonObject()
                .put("way", way.label)
                .put("on", isOn(way, chosen))
                .put("state", state);
    }

    private boolean offers(Way way) {
        return way.rungs().stream().anyMatch(on.channels()::contains);
    }

    private static boolean isOn(Way way, Preference chosen) {
        return !chosen.off().containsAll(way.rungs());
    }

    private static @Nullable JsonObject quiet(Preference chosen) {
        LocalTime from = chosen.quietFrom();
        LocalTime to = chosen.quietTo();
        return from == null || to == null
                ? null
                : new JsonObject().put("from", from.toString()).put("to", to.toString());
    }

    private static Audience who(Caller.Resident resident) {
        return Audience.resident(resident.id().toString(), resident.phone());
    }
}
