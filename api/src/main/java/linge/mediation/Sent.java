package linge.mediation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import linge.residents.Phone;
import linge.shared.Refusal;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** Reads what was sent, its shape already checked; what makes no sense is refused with where it stands. */
final class Sent {
    private Sent() {}

    static List<Party.Person> parties(@Nullable JsonArray sent) {
        List<Party.Person> people = new ArrayList<>();
        if (sent != null) {
            for (int i = 0; i < sent.size(); i++) {
                JsonObject one = sent.getJsonObject(i);
                people.add(person(one, Boolean.TRUE.equals(one.getBoolean("applies")), "/parties/" + i, null));
            }
        }
        return people;
    }

    static Party.Person person(JsonObject sent, boolean applies, String pointer, @Nullable UUID resident) {
        String name = Words.of(sent.getString("name"));
        if (name == null || name.codePointCount(0, name.length()) > 60) {
            throw Refusal.notSensible(pointer + "/name", "请写明姓名或者单位名称，最多六十个字。");
        }
        return new Party.Person(
                applies, name, phone(sent.getString("phone"), pointer), Words.of(sent.getString("address")), resident);
    }

    private static @Nullable String phone(@Nullable String typed, String pointer) {
        String words = Words.of(typed);
        if (words == null) {
            return null;
        }
        try {
            return Phone.parse(words);
        } catch (Refusal wrong) {
            throw Refusal.badInput(pointer + "/phone", wrong.detail());
        }
    }

    static @Nullable Agreement agreement(@Nullable JsonObject sent) {
        if (sent == null) {
            return null;
        }
        List<Agreement.Item> items = new ArrayList<>();
        JsonArray given = sent.getJsonArray("items");
        for (int i = 0; i < given.size(); i++) {
            JsonObject item = given.getJsonObject(i);
            String pointer = "/agreement/items/" + i;
            String what = Words.of(item.getString("what"));
            if (what == null) {
                throw Refusal.notSensible(pointer + "/what", "请写明做什么。");
            }
            items.add(new Agreement.Item(
                    i + 1,
                    uuid(item.getString("who"), pointer + "/who"),
                    what,
                    item.getLong("fen"),
                    day(item.getString("due"), pointer + "/due"),
                    null,
                    null));
        }
        String dispute = Words.of(sent.getString("dispute"));
        if (dispute == null) {
            throw Refusal.notSensible("/agreement/dispute", "请写明双方都认可的纠纷事实。");
        }
        LocalDate signed = day(sent.getString("signedOn"), "/agreement/signedOn");
        if (signed == null) {
            throw Refusal.notSensible("/agreement/signedOn", "请写明签字或者达成口头协议的日子。");
        }
        return new Agreement(
                Boolean.TRUE.equals(sent.getBoolean("oral")),
                dispute,
                items,
                Words.of(sent.getString("manner")),
                signed);
    }

    static @Nullable LocalDate day(@Nullable String text, String pointer) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 2000 && day.getYear() <= 2199) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Told below like any other day that is none.
        }
        throw Refusal.badInput(pointer, "日期应写成 2026-12-31。");
    }

    static @Nullable Instant moment(@Nullable String text, String pointer) {
        if (text == null) {
            return null;
        }
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            int year = at.atZone(Mediation.ZONE).getYear();
            if (year >= 2000 && year <= 2199) {
                return at;
            }
        } catch (java.time.DateTimeException e) {
            // Told below like any other moment that is none.
        }
        throw Refusal.badInput(pointer, "时间不对，请重新选择。");
    }

    static List<UUID> uuids(@Nullable JsonArray given, String pointer) {
        List<UUID> ids = new ArrayList<>();
        if (given != null) {
            for (int i = 0; i < given.size(); i++) {
                ids.add(uuid(given.getString(i), pointer + "/" + i));
            }
        }
        return ids;
    }

    static UUID uuid(@Nullable String text, String pointer) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw Refusal.badInput(pointer, "编号不对，请重新选择。");
        }
    }
}
