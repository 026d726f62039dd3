package linge.legal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import linge.bot.knowledge.CardFaults;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.CitedLaws;
import linge.shared.Words;
import org.jspecify.annotations.Nullable;

/** What a draft of a card says, as its writer typed it; read with the same reader as every card. */
record CardContent(
        String title,
        String topic,
        List<String> asks,
        List<String> routes,
        String answer,
        List<String> steps,
        List<String> papers,
        List<String> limits,
        List<String> places) {

    /** Reads the contract's fields, each in one line. */
    static CardContent of(JsonObject body) {
        return new CardContent(
                line(body.getString("title")),
                line(body.getString("topic")),
                lines(body.getJsonArray("asks")),
                lines(body.getJsonArray("routes")),
                line(body.getString("answer")),
                lines(body.getJsonArray("steps")),
                lines(body.getJsonArray("papers")),
                lines(body.getJsonArray("limits")),
                lines(body.getJsonArray("places")));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("title", title)
                .put("topic", topic)
                .put("asks", new JsonArray(asks))
                .put("routes", new JsonArray(routes))
                .put("answer", answer)
                .put("steps", new JsonArray(steps))
                .put("papers", new JsonArray(papers))
                .put("limits", new JsonArray(limits))
                .put("places", new JsonArray(places));
    }

    /** The card in the format of all cards, without the file's heading. */
    String card(String id, LocalDate checked) {
        StringBuilder card = new StringBuilder("## " + id + " " + title + "\n");
        asks.forEach(ask -> card.append("- ask: ").append(ask).append('\n'));
        if (!routes.isEmpty()) {
            card.append("- route: ").append(String.join(", ", routes)).append('\n');
        }
        card.append("- checked: ")
                .append(checked)
                .append("\n\n### 答\n")
                .append(answer)
                .append('\n');
        if (!steps.isEmpty()) {
            card.append("\n### 怎么办\n");
            for (int i = 0; i < steps.size(); i++) {
                card.append(i + 1).append(". ").append(steps.get(i)).append('\n');
            }
        }
        list(card, "带什么", papers);
        list(card, "期限", limits);
        list(card, "去哪里", places);
        return card.toString();
    }

    /** A file of its own with this card alone. */
    static String file(String topicName, String topic, String card) {
        return "# " + topicName + "\ntopic: " + topic + "\n\n" + card;
    }

    /** What stands against publishing it, one Chinese sentence each; empty when it can be published. */
    List<String> problems(String id, LocalDate checked, Cards shipped) {
        String name = shipped.topic(topic).map(known -> known.name()).orElse(null);
        if (name == null) {
            return List.of("没有这个话题：" + topic);
        }
        try {
            Cards.read(
                    Map.of(
                            "card.md",
                            file(name, topic, card(id, checked)).lines().toList()),
                    CitedLaws.shipped());
            return List.of();
        } catch (CardFaults faults) {
            return faults.faults().stream()
                    .map(fault -> fault.replaceFirst("^card\\.md:\\d+ ", ""))
                    .toList();
        }
    }

    private static void list(StringBuilder card, String heading, List<String> items) {
        if (!items.isEmpty()) {
            card.append("\n### ").append(heading).append('\n');
            items.forEach(item -> card.append("- ").append(item).append('\n'));
        }
    }

    private static List<String> lines(@Nullable JsonArray given) {
        List<String> lines = new ArrayList<>();
        if (given != null) {
            for (Object one : given) {
                String line = line(String.valueOf(one));
                if (!line.isEmpty()) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static String line(@Nullable String typed) {
        return Objects.requireNonNullElse(Words.of(typed), "").replaceAll("\\s*\\n\\s*", " ");
    }
}
