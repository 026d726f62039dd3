package linge.bot.dialogue;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.regex.Pattern;
import linge.bot.text.Resources;

/** Residents' words made ready to be shown or filed; times said as people say them. */
final class Wording {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Pattern OPENING =
            Pattern.compile("^(?:" + String.join("|", Resources.lines(Wording.class, "openings.txt")) + ")+");
    private static final String WIDE = "，！？：；";
    private static final Pattern NARROW =
            Pattern.compile("(?<=[\\p{IsHan}0-9”）])[,!?:;](?![0-9])|[,!?:;](?=\\p{IsHan})");
    private static final Pattern EDGES = Pattern.compile("^[\\s，。！？；、,.!?;:：~…]+|[\\s，。；、,.;:：~…]+$");
    private static final List<String> DAYS = List.of("今天", "明天", "后天");

    private Wording() {}

    /** Chinese marks between Chinese words: normalizing has made them narrow. */
    static String punctuated(String text) {
        return NARROW.matcher(text)
                .replaceAll(match ->
                        String.valueOf(WIDE.charAt(",!?:;".indexOf(match.group().charAt(0)))));
    }

    /** What it is about, without greetings and "I want to report". */
    static String problem(String told) {
        String text = EDGES.matcher(told).replaceAll("");
        String before;
        do {
            before = text;
            text = EDGES.matcher(OPENING.matcher(text).replaceFirst("")).replaceAll("");
        } while (!text.equals(before));
        return text;
    }

    /** Short enough to be said in a sentence. */
    static String brief(String words) {
        String first = words.split("[。！？!?；;\\n]")[0];
        return first.length() <= 24 ? first : Scene.cut(first, 22) + "…";
    }

    /** Things told one after the other, as one text. */
    static String told(List<String> what) {
        return what.stream()
                .reduce((before, next) -> before.matches("(?s).*[。！？!?…]") ? before + next : before + "。" + next)
                .orElse("");
    }

    /** Ends as a sentence does. */
    static String sentence(String words) {
        return words.isEmpty() || "。！？!?.…".indexOf(words.charAt(words.length() - 1)) >= 0 ? words : words + "。";
    }

    /** 今天18:00, 11月26日18:00. */
    static String time(Instant at, Instant now) {
        ZonedDateTime when = at.atZone(ZONE);
        long days =
                when.toLocalDate().toEpochDay() - now.atZone(ZONE).toLocalDate().toEpochDay();
        String day = days >= 0 && days < DAYS.size()
                ? DAYS.get((int) days)
                : when.getMonthValue() + "月" + when.getDayOfMonth() + "日";
        return day + String.format(java.util.Locale.ROOT, "%d:%02d", when.getHour(), when.getMinute());
    }

    static String day(Instant at) {
        ZonedDateTime when = at.atZone(ZONE);
        return when.getMonthValue() + "月" + when.getDayOfMonth() + "日";
    }
}
