package linge.bot.knowledge;

import java.util.List;
import linge.bot.knowledge.law.Article;
import linge.bot.triage.Triaged;
import org.jspecify.annotations.Nullable;

/** Puts an advice together part by part; what is not said stays empty. */
final class AdviceBuilder {
    private final Advice.Kind kind;
    private final Triaged triaged;
    private List<Sentence> sentences;
    private @Nullable Route route;
    private boolean refused;
    private double confidence;
    private @Nullable Card card;
    private List<Card> choices = List.of();
    private List<Article> articles = List.of();

    AdviceBuilder(Advice.Kind kind, List<Sentence> sentences, Triaged triaged) {
        this.kind = kind;
        this.sentences = sentences;
        this.triaged = triaged;
    }

    AdviceBuilder sentences(List<Sentence> value) {
        sentences = value;
        return this;
    }

    AdviceBuilder route(@Nullable Route value) {
        route = value;
        return this;
    }

    AdviceBuilder refused(double sure) {
        refused = true;
        confidence = sure;
        return this;
    }

    AdviceBuilder confidence(double value) {
        confidence = value;
        return this;
    }

    AdviceBuilder card(Card value) {
        card = value;
        return this;
    }

    AdviceBuilder choices(List<Card> value) {
        choices = value;
        return this;
    }

    AdviceBuilder articles(List<Article> value) {
        articles = value;
        return this;
    }

    Advice build() {
        double rounded = Math.round(confidence * 1000) / 1000.0;
        return new Advice(
                kind,
                sentences,
                route,
                refused,
                rounded,
                card,
                choices,
                articles,
                triaged.urgency(),
                triaged.hotline());
    }
}
