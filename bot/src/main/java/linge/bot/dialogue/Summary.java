package linge.bot.dialogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.text.Digits;

/** Says a draft once more before it is filed, and makes the filing of it. */
final class Summary {
    private static final int MOST_TEXT = 4_000;
    private static final int MOST_SHOWN = 80;

    void say(Scene scene, Draft draft, boolean dangerous) {
        var more = new StringBuilder();
        if (dangerous) {
            more.append("\n").append(scene.text("summary.danger"));
        }
        if (!draft.media().isEmpty()) {
            more.append("\n")
                    .append(scene.text("summary.photos", "count", draft.media().size()));
        }
        String phone = draft.phone();
        if (phone != null && !phone.isEmpty()) {
            more.append("\n").append(scene.text("summary.phone", "phone", Digits.hidden(phone)));
        }
        if (draft.mediation()) {
            more.append("\n").append(scene.text("summary.mediation"));
        }
        if (draft.anonymous()) {
            more.append("\n").append(scene.text("summary.anonymous"));
        } else if (draft.confidential()) {
            more.append("\n").append(scene.text("summary.confidential"));
        }
        String since = draft.since();
        if (since != null) {
            more.insert(0, "\n" + scene.text("summary.since", "since", since));
        }
        scene.ask(
                Ask.CONFIRM,
                scene.reply(
                        draft.media().isEmpty() ? "summary" : "summary.with-photos",
                        List.of(),
                        card(draft, dangerous),
                        "what",
                        shown(draft.words()),
                        "where",
                        draft.where() == null ? "" : draft.where(),
                        "more",
                        more));
    }

    private static String shown(String words) {
        return words.length() <= MOST_SHOWN ? words : Scene.cut(words, MOST_SHOWN - 1) + "…";
    }

    private static Reply.Card card(Draft draft, boolean dangerous) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("what", draft.words());
        put(facts, "where", draft.where());
        put(facts, "since", draft.since());
        facts.put("danger", dangerous);
        facts.put("photos", draft.media().size());
        String phone = draft.phone();
        if (phone != null && !phone.isEmpty()) {
            facts.put("phone", Digits.hidden(phone));
        }
        put(facts, "category", draft.category());
        facts.put("anonymous", draft.anonymous());
        return new Reply.Card(Reply.Kind.DRAFT, facts);
    }

    private static void put(Map<String, Object> facts, String name, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            facts.put(name, value);
        }
    }

    Wish.Filing filing(Scene scene, Draft draft) {
        var text = new StringBuilder(draft.words());
        if (draft.since() != null && !draft.words().contains(draft.since())) {
            text.append("。").append(scene.text("summary.since", "since", draft.since()));
        }
        if (Boolean.TRUE.equals(draft.danger())) {
            text.append("。").append(scene.text("summary.danger"));
        }
        String phone = draft.phone();
        return new Wish.Filing(
                Scene.cut(text.toString(), MOST_TEXT),
                draft.category(),
                draft.where(),
                draft.point(),
                draft.media(),
                phone == null || phone.isEmpty() ? null : phone,
                draft.anonymous(),
                draft.confidential(),
                draft.mediation());
    }
}
