package linge.notify.simulation;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import linge.notify.Audience;
import linge.notify.Notice;
import org.jspecify.annotations.Nullable;

/**
 * Who lives there and what happens to them. Residents differ by their number, so that a statement can make all of them.
 *
 * @param residents how many
 * @param cases how many they file in the time
 */
record City(Dice dice, int residents, int cases, Instant from, Duration time) {

    /** What happens at a moment: notices are put, or a follower writes or agrees to a message. */
    record Event(
            Instant at,
            List<Notice> notices,
            @Nullable String heard,
            @Nullable String consent) {}

    /** Nine in ten follow the account; one in eight of all wants quiet nights, and so on. */
    static final String SETTLE = """
            WITH r AS (SELECT i, 'r' || i AS id FROM generate_series(0, $1 - 1) AS i),
            followers AS (
                INSERT INTO addresses (scheme, value, audience_kind, audience, details, kept_at)
                SELECT 'wechat', 'o' || i, 'RESIDENT', id, '{}', $2 FROM r WHERE i % 10 <> 9
            ), browsers AS (
                INSERT INTO addresses (scheme, value, audience_kind, audience, details, kept_at)
                SELECT 'web-push', 'https://push.example/' || i, 'RESIDENT', id, '{}', $2 FROM r WHERE i % 11 = 2
            )
            INSERT INTO preferences (audience_kind, audience, off, quiet_from, quiet_to, elder, changed_at)
            SELECT 'RESIDENT', id,
                   CASE WHEN i % 33 = 7 THEN '{wechat-service,wechat-template,wechat-subscription}'::text[] ELSE '{}' END,
                   CASE WHEN i % 8 = 3 THEN '22:00'::time END, CASE WHEN i % 8 = 3 THEN '07:00'::time END, i % 20 = 5, $2
            FROM r WHERE i % 33 = 7 OR i % 8 = 3 OR i % 20 = 5
            """;

    static @Nullable String phone(int resident) {
        return resident % 10 < 7 || resident % 10 == 9 ? String.format(Locale.ROOT, "139%08d", resident) : null;
    }

    /** Whether the carrier knows no such number any more. */
    static boolean isDead(String phone) {
        return Integer.parseInt(phone.substring(3)) % 41 == 6;
    }

    /** Whether the follower has left without our knowing. */
    static boolean hasLeft(String openid) {
        return Integer.parseInt(openid.substring(1)) % 37 == 5;
    }

    /** All that happens, in order. */
    List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int c = 0; c < cases; c++) {
            file(c, events);
        }
        events.sort(Comparator.comparing(Event::at));
        return events;
    }

    private void file(int c, List<Event> events) {
        int resident = (int) (dice.draw("resident", c) * residents);
        Instant day = from.plus(Duration.ofDays((long) (dice.draw("day", c) * time.toDays())));
        // Six in the morning to eleven at night of Changzhi, and now and then in the small hours.
        long minute = (long) (dice.draw("minute", c) * (dice.happens(0.05, "night", c) ? 1440 : 1020));
        Instant filed = day.plus(Duration.ofMinutes(minute)).plusSeconds(c % 60);
        Audience who = Audience.resident("r" + resident, phone(resident));
        String number = "CZ26-" + String.format(Locale.ROOT, "%06d", c);
        boolean urgent = dice.happens(0.02, "urgent", c);
        if (resident % 10 != 9 && dice.happens(0.6, "writes", c)) {
            events.add(new Event(filed.minusSeconds(30), List.of(), "o" + resident, null));
        }
        if (resident % 10 != 9 && dice.happens(0.5, "consents", c)) {
            events.add(new Event(filed.minusSeconds(20), List.of(), null, "o" + resident));
        }
        tell(events, filed, urgent, who, number, "case-filed");
        Instant accepted = filed.plus(Duration.ofMinutes(5 + (long) (dice.draw("accept", c) * 240)));
        tell(events, accepted, urgent, who, number, "case-accepted");
        // Dispatched by the same hand, half a minute later.
        tell(events, accepted.plusSeconds(25), urgent, who, number, "case-dispatched");
        Instant handled = accepted.plus(Duration.ofMinutes(30 + (long) (dice.draw("handle", c) * 2_000)));
        tell(events, handled, urgent, who, number, "case-handling");
        if (dice.happens(0.5, "noted", c)) {
            // Notes come in twos and threes.
            tell(events, handled.plusSeconds(3_600), urgent, who, number, "case-noted");
            tell(events, handled.plusSeconds(3_610), urgent, who, number, "case-noted");
            tell(events, handled.plusSeconds(3_655), urgent, who, number, "case-noted");
        }
        Instant reported = handled.plus(Duration.ofHours(2 + (long) (dice.draw("report", c) * 90)));
        tell(events, reported, urgent, who, number, "case-reported");
        if (dice.happens(0.4, "rates", c)) {
            tell(events, reported.plusSeconds(7_200), urgent, who, number, "case-rated-thanks");
        }
        tell(events, reported.plus(Duration.ofDays(15)), urgent, who, number, "case-archived");
    }

    private void tell(List<Event> events, Instant at, boolean urgent, Audience who, String number, String template) {
        JsonObject fields = new JsonObject()
                .put("number", number)
                .put("category", "路灯不亮")
                .put("who", "网格员李明")
                .put("words", "灯杆今天换好了");
        String key = number + ":" + template + ":" + at.toEpochMilli();
        Notice notice = new Notice(key, template, who, number, fields, urgent, at.plus(Duration.ofDays(3)));
        events.add(new Event(at, List.of(notice), null, null));
    }
}
