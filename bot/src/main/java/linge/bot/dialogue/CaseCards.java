package linge.bot.dialogue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows a case as a card. */
final class CaseCards {
    private CaseCards() {}

    static Reply.Card of(Outcome.CaseFacts facts) {
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("number", facts.number());
        card.put("text", facts.text());
        card.put("state", facts.state());
        card.put("stateName", facts.stateName());
        put(card, "holder", facts.holder());
        put(card, "due", facts.due() == null ? null : facts.due().toString());
        card.put("overdue", facts.overdue());
        put(card, "answer", facts.answer());
        card.put("filedAt", facts.filedAt().toString());
        return new Reply.Card(Reply.Kind.CASE, card);
    }

    private static void put(Map<String, Object> card, String name, @Nullable Object value) {
        if (value != null) {
            card.put(name, value);
        }
    }
}
