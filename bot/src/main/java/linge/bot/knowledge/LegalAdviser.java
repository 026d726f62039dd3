package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import linge.bot.knowledge.law.Article;
import linge.bot.knowledge.law.ArticleHit;
import linge.bot.knowledge.law.Statutes;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import linge.bot.triage.Urgency;
import org.jspecify.annotations.Nullable;

/** Answers legal questions from the cards, then from the statutes; says so where it does not know. Thread-safe. */
public final class LegalAdviser {
    /** Below it the best card is not the answer. */
    private static final double SURE = 0.45;

    private static final int MOST_HITS = 4;

    private final CardIndex index;
    private final @Nullable Statutes statutes;
    private final Replies replies = Replies.shipped();

    /**
     * An adviser over cards and, where they were imported, statutes.
     *
     * @param statutes an open index; null where none was imported: answers then come without the articles' text
     */
    public LegalAdviser(Cards cards, @Nullable Statutes statutes) {
        this.index = new CardIndex(cards.all());
        this.statutes = statutes;
    }

    /** Answers any text: an empty one with a question, an endless one by its beginning. Never null, never throws. */
    public Advice ask(String question) {
        Triaged triaged = Triage.shipped().of(question);
        List<CardIndex.Hit> hits = index.search(question, MOST_HITS);
        if (!hits.isEmpty() && hits.get(0).score() >= SURE) {
            return card(hits, triaged);
        }
        List<Article> articles = articles(question);
        double confidence = hits.isEmpty() ? 0 : hits.get(0).score();
        if (!articles.isEmpty()) {
            return new Advice(
                    Advice.Kind.ARTICLES,
                    replies.say("articles"),
                    Route.LEGAL_AID,
                    false,
                    confidence,
                    null,
                    List.of(),
                    articles,
                    triaged.urgency(),
                    triaged.hotline());
        }
        return new Advice(
                Advice.Kind.UNSURE,
                replies.say("unsure"),
                Route.LEGAL_AID,
                false,
                confidence,
                null,
                List.of(),
                List.of(),
                triaged.urgency(),
                triaged.hotline());
    }

    private Advice card(List<CardIndex.Hit> hits, Triaged triaged) {
        Card card = hits.get(0).card();
        var sentences = new ArrayList<Sentence>();
        if (triaged.urgency() == Urgency.EMERGENCY) {
            sentences.addAll(replies.say("emergency." + triaged.hotline()));
        }
        sentences.addAll(card.answer());
        return new Advice(
                triaged.urgency() == Urgency.EMERGENCY ? Advice.Kind.EMERGENCY : Advice.Kind.CARD,
                sentences,
                card.routes().get(0),
                false,
                hits.get(0).score(),
                card,
                hits.stream().skip(1).map(CardIndex.Hit::card).toList(),
                articles(sentences),
                triaged.urgency(),
                triaged.hotline());
    }

    /** The text of what an answer cites, as far as it was imported. */
    private List<Article> articles(List<Sentence> sentences) {
        @Nullable Statutes open = statutes;
        if (open == null) {
            return List.of();
        }
        Map<Citation, Article> found = new LinkedHashMap<>();
        for (Sentence sentence : sentences) {
            for (Citation citation : sentence.citations()) {
                open.article(citation.law(), citation.article()).ifPresent(article -> found.put(citation, article));
            }
        }
        return List.copyOf(found.values());
    }

    private List<Article> articles(String question) {
        @Nullable Statutes open = statutes;
        return open == null
                ? List.of()
                : open.search(question, MOST_HITS).stream()
                        .map(ArticleHit::article)
                        .toList();
    }
}
