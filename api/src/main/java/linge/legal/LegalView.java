package linge.legal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import linge.bot.knowledge.Advice;
import linge.bot.knowledge.AidStep;
import linge.bot.knowledge.Card;
import linge.bot.knowledge.Citation;
import linge.bot.knowledge.CitedLaws;
import linge.bot.knowledge.Route;
import linge.bot.knowledge.Sentence;
import linge.bot.knowledge.Topic;
import linge.bot.knowledge.law.Article;
import linge.bot.knowledge.law.ArticleHit;
import linge.bot.knowledge.law.Status;
import linge.legal.Library.Shelf;
import org.jspecify.annotations.Nullable;

/** Cards, articles, answers and the check as the contract shows them, read from one shelf. */
final class LegalView {

    private final Shelf shelf;

    LegalView(Shelf shelf) {
        this.shelf = shelf;
    }

    /** Schema {@code LegalAnswer}. */
    JsonObject answer(Advice advice) {
        List<Citation> cited = advice.citations();
        Card card = advice.card();
        boolean choose = advice.kind() == Advice.Kind.CHOICES;
        Route main = advice.route();
        Set<Route> routes = new LinkedHashSet<>();
        if (main != null) {
            routes.add(main);
        }
        if (card != null) {
            routes.addAll(card.routes());
        }
        return new JsonObject()
                .put("kind", advice.kind().name())
                .put("answer", advice.spoken())
                .put("sentences", sentences(advice.sentences(), cited))
                .put("citations", citations(cited))
                .put("route", main == null ? null : route(main))
                .put("routes", routes(List.copyOf(routes)))
                .put("choices", choose ? references(advice.choices()) : new JsonArray())
                .put("related", choose ? new JsonArray() : references(advice.choices()))
                .put("refused", advice.refused())
                .put("confidence", Math.round(advice.confidence() * 1000) / 1000.0)
                .put("card", card == null ? null : card.id())
                .put("articles", advice.kind() == Advice.Kind.ARTICLES ? articles(advice.articles()) : new JsonArray())
                .put("urgent", advice.hotline());
    }

    JsonArray topics() {
        JsonArray items = new JsonArray();
        for (Topic topic : shelf.cards().topics()) {
            items.add(new JsonObject()
                    .put("code", topic.id())
                    .put("name", topic.name())
                    .put("cards", topic.cards().size()));
        }
        return items;
    }

    /** Cards of a topic, or those that fit words best, or both. */
    JsonArray list(@Nullable String topic, @Nullable String words) {
        List<Card> found;
        if (words == null) {
            found = shelf.cards().all();
        } else {
            Set<Card> fits = new LinkedHashSet<>();
            Advice advice = shelf.adviser().ask(words);
            if (advice.card() != null) {
                fits.add(advice.card());
            }
            fits.addAll(advice.choices());
            shelf.cards().all().stream()
                    .filter(card ->
                            card.title().contains(words) || card.asks().stream().anyMatch(ask -> ask.contains(words)))
                    .forEach(fits::add);
            found = List.copyOf(fits);
        }
        return references(found.stream()
                .filter(card -> topic == null || card.topic().equals(topic))
                .toList());
    }

    /** Schema {@code LegalCard}. */
    JsonObject card(Card card) {
        List<Citation> cited = card.citations();
        JsonArray steps = new JsonArray();
        card.steps().forEach(step -> steps.add(together(step.sentences(), cited)));
        return reference(card)
                .put("asks", new JsonArray(card.asks()))
                .put("answer", sentences(card.answer(), cited))
                .put("steps", steps)
                .put("papers", new JsonArray(card.bring()))
                .put("limits", sentences(card.deadlines(), cited))
                .put("places", new JsonArray(card.where()))
                .put("routes", routes(card.routes()))
                .put("citations", citations(cited))
                .put("checked", card.checked().toString())
                .put("local", card.id().contains("-local-"));
    }

    /** Schema {@code LegalCardRef}. */
    JsonObject reference(Card card) {
        return new JsonObject()
                .put("id", card.id())
                .put("title", card.title())
                .put("topic", card.topic())
                .put(
                        "topicName",
                        shelf.cards().topic(card.topic()).map(Topic::name).orElse(card.topic()));
    }

    JsonArray articles(List<Article> found) {
        JsonArray items = new JsonArray();
        found.forEach(article -> items.add(article(article)));
        return items;
    }

    JsonArray hits(List<ArticleHit> hits) {
        JsonArray items = new JsonArray();
        hits.forEach(hit ->
                items.add(article(hit.article()).put("score", Math.round(hit.score() * 10_000) / 10_000.0)));
        return items;
    }

    /** Schema {@code LegalArticle}. */
    JsonObject article(Article article) {
        return new JsonObject()
                .put("law", article.law())
                .put("title", article.title())
                .put("chapter", article.chapter())
                .put("article", article.article())
                .put("text", article.text())
                .put("version", article.version())
                .put("current", article.status() == Status.CURRENT)
                .put("status", status(article.status()))
                .put(
                        "url",
                        CitedLaws.shipped()
                                .find(article.law())
                                .map(law -> law.url())
                                .orElse(null));
    }

    /** Schema {@code EligibilityStep}. */
    JsonObject step(AidStep step, int asked) {
        AidStep.Question question = step.question();
        AidStep.Verdict verdict = step.verdict();
        return new JsonObject()
                .put("done", verdict != null)
                .put("asked", asked)
                .put("question", question == null ? null : question(question))
                .put("result", verdict == null ? null : verdict(verdict));
    }

    private static JsonObject question(AidStep.Question question) {
        JsonArray options = new JsonArray();
        question.choices()
                .forEach(choice ->
                        options.add(new JsonObject().put("id", choice.id()).put("label", choice.label())));
        return new JsonObject()
                .put("id", question.id())
                .put("text", question.text())
                .put("kind", question.answer().name())
                .put("options", options);
    }

    private JsonObject verdict(AidStep.Verdict verdict) {
        List<Citation> cited = verdict.citations();
        JsonArray papers = new JsonArray();
        verdict.missing()
                .forEach(paper ->
                        papers.add(new JsonObject().put("id", paper.id()).put("label", paper.label())));
        StringBuilder text = new StringBuilder();
        verdict.sentences().forEach(sentence -> text.append(sentence.text()));
        return new JsonObject()
                .put("outcome", verdict.outcome().name())
                .put("text", text.toString())
                .put("reasons", sentences(verdict.sentences(), cited))
                .put("papers", papers)
                .put("citations", citations(cited))
                .put("routes", LegalAid.mayApply(verdict) ? routes(List.of(Route.LEGAL_AID)) : new JsonArray())
                .put("atOnce", verdict.atOnce())
                .put("mayApply", LegalAid.mayApply(verdict));
    }

    private JsonArray references(List<Card> cards) {
        JsonArray items = new JsonArray();
        cards.forEach(card -> items.add(reference(card)));
        return items;
    }

    private static JsonArray routes(List<Route> routes) {
        JsonArray items = new JsonArray();
        routes.forEach(route -> items.add(route(route)));
        return items;
    }

    private static JsonObject route(Route route) {
        return new JsonObject()
                .put("code", route.name())
                .put("name", route.label())
                .put("phone", route.phone().isEmpty() || route.phone().equals("-") ? null : route.phone());
    }

    private static JsonArray sentences(List<Sentence> sentences, List<Citation> cited) {
        JsonArray items = new JsonArray();
        sentences.forEach(sentence -> items.add(together(List.of(sentence), cited)));
        return items;
    }

    /** Schema {@code CitedSentence}: some sentences as one, with what they rest on as places in {@code cited}. */
    private static JsonObject together(List<Sentence> sentences, List<Citation> cited) {
        StringBuilder text = new StringBuilder();
        Set<Integer> rests = new LinkedHashSet<>();
        for (Sentence sentence : sentences) {
            text.append(sentence.text());
            sentence.citations().forEach(citation -> rests.add(cited.indexOf(citation)));
        }
        return new JsonObject().put("text", text.toString()).put("citations", new JsonArray(new ArrayList<>(rests)));
    }

    private JsonArray citations(List<Citation> cited) {
        JsonArray items = new JsonArray();
        for (Citation citation : cited) {
            Article article = shelf.article(citation.law(), citation.article()).orElse(null);
            items.add(new JsonObject()
                    .put("law", citation.law())
                    .put("article", citation.article())
                    .put("label", "《" + citation.law() + "》" + citation.article())
                    .put("since", citation.since().toString())
                    .put("url", citation.url())
                    .put("text", article == null ? null : article.text())
                    .put("title", article == null ? null : article.title())
                    .put("version", article == null ? null : article.version()));
        }
        return items;
    }

    private static String status(Status status) {
        return switch (status) {
            case CURRENT -> "现行有效";
            case SUPERSEDED -> "已修改";
            case REPEALED -> "已废止";
        };
    }
}
