package linge.chat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.dialogue.Reply;
import org.jspecify.annotations.Nullable;

/** The bot's replies and cards as the contract shows them. */
final class ChatView {

    /** Choices that ask the page for something beside a tap. */
    private static final Map<String, String> ASKS = Map.of("sign-in", "SIGN_IN", "point", "POINT", "media", "MEDIA");

    private ChatView() {}

    /** Choices, card and ask of a reply: what a message keeps beside its words. */
    static JsonObject more(Reply reply) {
        JsonObject more = new JsonObject();
        JsonArray choices = new JsonArray();
        reply.choices().forEach(choice -> {
            choices.add(new JsonObject().put("id", choice.id()).put("label", choice.label()));
            String ask = ASKS.get(choice.id());
            if (ask != null && !more.containsKey("ask")) {
                more.put("ask", ask);
            }
        });
        if (!choices.isEmpty()) {
            more.put("choices", choices);
        }
        Reply.Card card = reply.card();
        return card == null ? more : more.put("card", card(card));
    }

    /** Schema {@code Reply}. */
    static JsonObject reply(long id, Reply reply) {
        JsonObject shown = more(reply).put("text", reply.text());
        return id == 0 ? shown : shown.put("id", id);
    }

    /** Schema {@code ChatCard}. */
    private static JsonObject card(Reply.Card card) {
        Map<String, Object> facts = card.facts();
        JsonObject shown = new JsonObject().put("kind", card.kind().name().toLowerCase(java.util.Locale.ROOT));
        switch (card.kind()) {
            case CASE -> {
                shown.put("number", text(facts.get("number"))).put("stateName", text(facts.get("stateName")));
                shown.put("facts", named(facts, List.of("number", "stateName", "state", "open", "overdue")));
            }
            case LAW -> {
                shown.put("title", text(facts.get("title")))
                        .put("text", text(facts.get("answer")))
                        .put("card", text(facts.get("card")))
                        .put("citations", citations(facts));
                shown.put(
                        "facts", named(facts, List.of("title", "answer", "card", "citations", "articles", "question")));
            }
            case TEAM -> {
                shown.put("title", text(facts.get("place")));
                shown.put("members", people(facts.get("members")));
            }
            case HOTLINE -> shown.put("hotlines", lines(facts.get("lines")));
            case DRAFT, ELIGIBILITY -> shown.put("facts", named(facts, List.of()));
        }
        return shown;
    }

    /** What is known, in the bot's order; a list is one entry for each of its items. */
    private static JsonArray named(Map<String, Object> facts, List<String> without) {
        JsonArray named = new JsonArray();
        facts.forEach((name, value) -> {
            if (without.contains(name)) {
                return;
            }
            for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                if (one instanceof Map<?, ?>) {
                    continue;
                }
                named.add(new JsonObject().put("name", name).put("value", String.valueOf(one)));
            }
        });
        return named;
    }

    private static JsonArray citations(Map<String, Object> facts) {
        Map<String, String> texts = new LinkedHashMap<>();
        maps(facts.get("articles"))
                .forEach(article ->
                        texts.put(article.get("law") + " " + article.get("article"), text(article.get("text"), "")));
        JsonArray shown = new JsonArray();
        maps(facts.get("citations")).forEach(cited -> {
            String law = text(cited.get("law"), "");
            String article = text(cited.get("article"), "");
            shown.add(new JsonObject()
                    .put("law", law)
                    .put("article", article)
                    .put("label", "《" + law + "》" + article)
                    .put("since", text(cited.get("since"), ""))
                    .put("url", text(cited.get("url"), ""))
                    .put("text", texts.get(law + " " + article)));
        });
        return shown;
    }

    private static JsonArray people(@Nullable Object members) {
        JsonArray shown = new JsonArray();
        maps(members)
                .forEach(member -> shown.add(new JsonObject()
                        .put("roleName", text(member.get("role"), ""))
                        .put("name", text(member.get("name"), ""))
                        .put("phone", text(member.get("phone")))));
        return shown;
    }

    private static JsonArray lines(@Nullable Object lines) {
        JsonArray shown = new JsonArray();
        maps(lines)
                .forEach(line -> shown.add(new JsonObject()
                        .put("number", text(line.get("number"), ""))
                        .put("name", text(line.get("name"), ""))
                        .put("hours", text(line.get("hours")))));
        return shown;
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : value.toString();
    }
}
