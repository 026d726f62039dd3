package linge.bot.knowledge;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import linge.bot.knowledge.law.Article;
import linge.bot.triage.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What we say to one question.
 *
 * @param kind what sort of answer this is
 * @param sentences the answer, sentence by sentence; those of law carry their citations
 * @param route where to go; null where no road was found, or an ambulance or fire engine comes first
 * @param refused out of scope, or asks how to commit a wrong
 * @param confidence that this is the answer to the question, 0 to 1
 * @param card the card the answer was taken from, for {@link Kind#CARD}
 * @param choices cards to choose from: for {@link Kind#CHOICES} the question, for {@link Kind#CARD} related ones; at most 3
 * @param articles the text of the articles cited, where statutes were imported; for {@link Kind#ARTICLES} what was found
 * @param urgency what the words say about danger
 * @param hotline 110, 119, 120 or 122 for an emergency, else null
 */
public record Advice(
        Kind kind,
        List<Sentence> sentences,
        @Nullable Route route,
        boolean refused,
        double confidence,
        @Nullable Card card,
        List<Card> choices,
        List<Article> articles,
        Urgency urgency,
        @Nullable String hotline) {

    /** What sort of answer this is. */
    public enum Kind {
        /** One card answers. */
        CARD,
        /** Several cards fit closely: let the resident choose. */
        CHOICES,
        /** No card is sure; what the law says is quoted, and called that. */
        ARTICLES,
        /** Not known; a person, 12348 or an appointment is offered. Keep the question: staff make a card of it. */
        UNSURE,
        /** Not ours to answer. */
        DECLINED,
        /** Somebody is in danger: the number to call comes first. */
        EMERGENCY
    }

    public Advice {
        sentences = List.copyOf(sentences);
        choices = List.copyOf(choices);
        articles = List.copyOf(articles);
    }

    /** The whole answer, each sentence of law with its citations in 〔〕. */
    public String answer() {
        return sentences.stream().map(Sentence::cited).collect(Collectors.joining());
    }

    /** The whole answer without citations, to be spoken or shown small. */
    public String spoken() {
        return sentences.stream().map(Sentence::text).collect(Collectors.joining());
    }

    /** The articles the answer rests on, each once, in the order met. */
    public List<Citation> citations() {
        var citations = new LinkedHashSet<Citation>();
        sentences.forEach(sentence -> citations.addAll(sentence.citations()));
        return List.copyOf(citations);
    }
}
