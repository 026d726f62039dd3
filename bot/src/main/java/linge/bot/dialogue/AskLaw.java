package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.triage.Category;

/** Answers a question about law from the adviser, every sentence with its article. */
final class AskLaw implements Chapter {
    private static final int SHORTEST = 4;

    private final Reader reader;

    AskLaw(Reader reader) {
        this.reader = reader;
    }

    @Override
    public void begin(Scene scene, Message message) {
        Draft open = scene.draft();
        if (message.says("WHAT_TO_DO") && open != null && !open.what().isEmpty()) {
            ask(scene, open.words() + "，怎么办");
        } else if (message.says("LAW_ALONE") || message.plain().length() < SHORTEST) {
            scene.ask(Ask.QUESTION, "law.question");
        } else {
            ask(scene, message.told());
        }
    }

    /** Asks about what was reported: the words are known already. */
    void about(Scene scene, String words) {
        ask(scene, words);
    }

    private static void ask(Scene scene, String question) {
        scene.asked = null;
        scene.wish(new Wish.AskLaw(Scene.cut(question, 500)));
    }

    @Override
    public boolean answer(Scene scene, Message message) {
        if (scene.asked != Ask.QUESTION) {
            return false;
        }
        if (message.isNo() || message.wants(Intent.CANCEL)) {
            scene.done();
            scene.say("law.left");
        } else if (message.plain().length() < SHORTEST) {
            scene.ask(Ask.QUESTION, "law.question-again");
        } else {
            ask(scene, message.told());
        }
        return true;
    }

    @Override
    public boolean came(Scene scene, Outcome outcome) {
        if (outcome instanceof Outcome.Advised advised) {
            scene.done();
            if (advised.refused()) {
                scene.say("law.refused", "answer", advised.answer());
            } else {
                scene.say(scene.reply("law.answer", roads(scene, advised), card(advised), "answer", advised.answer()));
            }
            return true;
        }
        if (outcome instanceof Outcome.Refused) {
            scene.done();
            scene.say("law.broken");
            return true;
        }
        return false;
    }

    /** What can be done about it right here. */
    private List<Reply.Choice> roads(Scene scene, Outcome.Advised advised) {
        String route = advised.route() == null ? "" : advised.route();
        var roads = new ArrayList<Reply.Choice>();
        if (mayReport(scene, advised.question())) {
            roads.add(scene.choice("report-it"));
        }
        if (route.contains("调解")) {
            roads.add(scene.choice("mediate"));
        }
        if (route.contains("法律援助") || route.contains("仲裁") || route.contains("监察") || route.contains("法院")) {
            roads.add(scene.choice("topic:aid"));
        }
        roads.add(scene.choice("person"));
        return roads;
    }

    /** Many ask what to do and mean: do something. What is in a report already is not offered again. */
    private boolean mayReport(Scene scene, String question) {
        Message asked = reader.read(question, null);
        Category category = asked.triaged().category();
        boolean family =
                category != null && Set.of("DISPUTE.FAMILY", "DISPUTE.MARRIAGE").contains(category.code());
        return scene.draft() == null && scene.filed == null && asked.tellsProblem() && !family;
    }

    private static Reply.Card card(Outcome.Advised advised) {
        var citations = new ArrayList<Map<String, Object>>();
        for (Outcome.Cited cited : advised.citations()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("law", cited.law());
            entry.put("article", cited.article());
            if (cited.since() != null) {
                entry.put("since", cited.since().toString());
            }
            if (cited.url() != null) {
                entry.put("url", cited.url());
            }
            citations.add(entry);
        }
        var articles = new ArrayList<Map<String, Object>>();
        for (Outcome.ArticleText text : advised.articles()) {
            articles.add(Map.of("law", text.law(), "article", text.article(), "text", text.text()));
        }
        var card = new LinkedHashMap<String, Object>();
        card.put("question", advised.question());
        card.put("answer", advised.answer());
        card.put("citations", citations);
        card.put("articles", articles);
        if (advised.title() != null) {
            card.put("title", advised.title());
        }
        if (advised.route() != null) {
            card.put("route", advised.route());
        }
        if (advised.card() != null) {
            card.put("card", advised.card());
        }
        return new Reply.Card(Reply.Kind.LAW, card);
    }

    @Override
    public void resume(Scene scene) {
        scene.ask(Ask.QUESTION, "law.question");
    }
}
