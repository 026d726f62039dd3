package linge.legal;

import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statutes of a country that is not: the format of real ones, words of our own. */
public final class MadeUpLaws {
    private MadeUpLaws() {}

    /** Some articles as JSON lines; the fifth is about lamps. */
    public static String lines() {
        return lines(12);
    }

    static String lines(int articles) {
        return IntStream.rangeClosed(1, articles)
                .mapToObj(MadeUpLaws::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(int number) {
        return new JsonObject()
                .put("law", "路灯法")
                .put("title", "路灯法")
                .put("part", "")
                .put("version", "2026-01-01")
                .put("chapter", "第一章")
                .put("article", "第" + "一二三四五六七八九十".charAt((number - 1) % 10) + "条" + (number > 10 ? "之一" : ""))
                .put("text", number == 5 ? "路灯坏了，管灯的人应当在三天之内修好。" : "第" + number + "件事，按第" + number + "种办法来办。")
                .put("status", "current")
                .encode();
    }
}
