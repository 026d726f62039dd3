package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import linge.bot.text.Resources;

/** Tells the numbers to call and when somebody is there; needs no database. */
final class Hotlines implements Chapter {
    private static final int MOST = 3;

    private record Line(String number, String name, String hours, String use, Pattern words) {}

    private final List<Line> lines = Resources.lines(Hotlines.class, "hotlines.tsv").stream()
            .map(row -> row.split("\t", 5))
            .map(cells -> new Line(cells[0], cells[1], cells[2], cells[3], Pattern.compile(cells[4])))
            .toList();

    @Override
    public void begin(Scene scene, Message message) {
        scene.done();
        if (message.says("HOURS")) {
            scene.say("hotlines.hours");
            return;
        }
        List<Line> fitting = lines.stream()
                .filter(line -> line.words().matcher(message.plain()).find())
                .limit(MOST)
                .toList();
        if (fitting.size() == 1) {
            Line line = fitting.get(0);
            scene.say(scene.reply(
                    "hotlines.one",
                    List.of(),
                    card(fitting),
                    "name",
                    line.name(),
                    "number",
                    line.number(),
                    "hours",
                    line.hours()));
            return;
        }
        List<Line> shown = fitting.isEmpty() ? lines.subList(0, Math.min(6, lines.size())) : fitting;
        var list = new ArrayList<String>();
        shown.forEach(line -> list.add(line.name() + " " + line.number()));
        scene.say(scene.reply("hotlines", List.of(), card(shown), "list", String.join("，", list)));
    }

    /** A card of these numbers; an emergency shows its own. */
    Reply.Card card(String... numbers) {
        return card(lines.stream()
                .filter(line -> List.of(numbers).contains(line.number()))
                .toList());
    }

    private static Reply.Card card(List<Line> lines) {
        var rows = new ArrayList<Map<String, Object>>();
        for (Line line : lines) {
            var row = new LinkedHashMap<String, Object>();
            row.put("number", line.number());
            row.put("name", line.name());
            row.put("hours", line.hours());
            row.put("for", line.use());
            rows.add(row);
        }
        return new Reply.Card(Reply.Kind.HOTLINE, Map.of("lines", rows));
    }
}
