package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import linge.bot.knowledge.law.Article;
import linge.bot.knowledge.law.ArticleHit;
import linge.bot.knowledge.law.Statutes;
import linge.bot.text.Normalizer;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import linge.bot.triage.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * Answers legal questions: from a card where one fits, from a choice of cards where several do, else by quoting the
 * statutes, else by saying so and naming who knows. Thread-safe; the same question always has the same answer.
 */
public final class LegalAdviser {
    /** From here on the best card is given as the answer. Chosen on questions kept aside, see docs/accuracy.md. */
    static final double SURE = 0.6;

    /** From here on cards are offered to choose from. */
    static final double POSSIBLE = 0.12;

    /** A card that is not offered with less than this share. */
    private static final Pattern CALL_BACK =
            Pattern.compile("[,，。;；]?(?:我的?)?(?:联系)?(?:电话|手机号?码?|号码)?(?:是|:|：)?(?<!\\d)\\d{7,}(?!\\d)");

    private static final double RELATED = 0.08;

    /** Where the nearest question known is less near than this, a question is about something else. */
    private static final double NEAR = 0.56;

    private static final double STEEP = 30;

    /** A matter that is no law is answered by a card only from here on. */
    private static final double NEVERTHELESS = 0.75;

    private static final int MOST_HITS = 4;
    private static final int MOST_STEPS = 2;
    private static final int MOST_ARTICLES = 3;
    private static final Pattern SELF = Pattern.compile("想死|不想活|活不下去|轻生|自杀|寻短见|跳楼|自尽|一了百了|喝农药|割腕|上吊");

    private final CardIndex index;
    private final @Nullable Statutes statutes;
    private final Replies replies = Replies.shipped();
    private final Scope scope = new Scope();
    private final Quotes quotes = new Quotes(CitedLaws.shipped());

    /**
     * An adviser over cards and, where they were imported, statutes.
     *
     * @param statutes an open index; null where none was imported: answers then come without the articles' text
     */
    public LegalAdviser(Cards cards, @Nullable Statutes statutes) {
        this.index = new CardIndex(cards.all());
        this.statutes = statutes;
    }

    /** Answers any text: an empty one by asking back, an endless one by its beginning. Never null. */
    public Advice ask(String question) {
        Triaged triaged = Triage.shipped().of(question);
        if (Normalizer.normalize(question).codePoints().noneMatch(Character::isLetterOrDigit)) {
            return of(Advice.Kind.UNSURE, replies.say("empty"), triaged).build();
        }
        List<CardIndex.Hit> hits = index.search(matterOf(question), MOST_HITS);
        double confidence = confidence(hits);
        Scope.@Nullable Found outside = scope.of(question).orElse(null);
        if (triaged.urgency() == Urgency.EMERGENCY) {
            return emergency(question, triaged, hits, confidence);
        }
        if (outside != null && (outside.kind() == Scope.Kind.WRONG || confidence < NEVERTHELESS)) {
            return of(Advice.Kind.DECLINED, replies.say(outside.reply()), triaged)
                    .refused(outside.kind() == Scope.Kind.WRONG ? 1 : 1 - confidence)
                    .build();
        }
        if (confidence >= SURE) {
            return card(hits, triaged, confidence);
        }
        if (confidence >= POSSIBLE) {
            return choices(hits, triaged, confidence);
        }
        return unsure(question, triaged, confidence);
    }

    /** The question without a number to call back: to a search, 138…12345… is a word of some hotline's card. */
    private static String matterOf(String question) {
        return CALL_BACK.matcher(question).replaceAll("");
    }

    /** The cards that fit a text best, best first, at most k; for looking around, without any judgement. */
    public List<Card> find(String text, int k) {
        return index.search(text, k).stream().map(CardIndex.Hit::card).toList();
    }

    /** How sure the best card is: how far it stands out, and whether the question is near any known one at all. */
    private static double confidence(List<CardIndex.Hit> hits) {
        if (hits.isEmpty()) {
            return 0;
        }
        double nearest = hits.stream().mapToDouble(CardIndex.Hit::nearest).max().orElse(0);
        return hits.get(0).share() / (1 + Math.exp(-STEEP * (nearest - NEAR)));
    }

    private Advice card(List<CardIndex.Hit> hits, Triaged triaged, double confidence) {
        Card card = hits.get(0).card();
        List<Sentence> sentences = answer(card);
        return of(Advice.Kind.CARD, sentences, triaged)
                .route(card.routes().get(0))
                .confidence(confidence)
                .card(card)
                .choices(related(hits.subList(1, hits.size())))
                .articles(cited(sentences))
                .build();
    }

    /** The answer, then the first steps, each on a line of its own. */
    private static List<Sentence> answer(Card card) {
        var sentences = new ArrayList<>(card.answer());
        for (int i = 0; i < Math.min(MOST_STEPS, card.steps().size()); i++) {
            List<Sentence> step = card.steps().get(i).sentences();
            for (int s = 0; s < step.size(); s++) {
                Sentence sentence = step.get(s);
                String lead = s == 0 ? "\n" + (i + 1) + ". " : "";
                sentences.add(new Sentence(lead + sentence.text(), sentence.citations()));
            }
        }
        return sentences;
    }

    private Advice choices(List<CardIndex.Hit> hits, Triaged triaged, double confidence) {
        List<Card> cards = related(hits);
        var sentences = new ArrayList<>(replies.say("choices"));
        for (int i = 0; i < cards.size(); i++) {
            Sentence first = cards.get(i).answer().get(0);
            sentences.add(
                    new Sentence("\n" + (i + 1) + ". " + cards.get(i).title() + "：" + first.text(), first.citations()));
        }
        return of(Advice.Kind.CHOICES, sentences, triaged)
                .route(cards.get(0).routes().get(0))
                .confidence(confidence)
                .choices(cards)
                .articles(cited(sentences))
                .build();
    }

    /** At most three, those that stand out enough; the first always. */
    private static List<Card> related(List<CardIndex.Hit> hits) {
        var cards = new ArrayList<Card>();
        for (CardIndex.Hit hit : hits) {
            if (cards.size() < 3 && (hit.share() >= RELATED)) {
                cards.add(hit.card());
            }
        }
        return cards;
    }

    private Advice emergency(String question, Triaged triaged, List<CardIndex.Hit> hits, double confidence) {
        boolean self = SELF.matcher(Normalizer.normalize(question)).find();
        boolean police = "110".equals(triaged.hotline());
        var sentences =
                new ArrayList<>(replies.say(self && police ? "emergency.self" : "emergency." + triaged.hotline()));
        var advice = of(Advice.Kind.EMERGENCY, sentences, triaged)
                .confidence(1)
                .route(self && police ? Route.PSYCHOLOGY_12356 : police ? Route.POLICE : null);
        if (confidence >= SURE) {
            Card card = hits.get(0).card();
            advice.card(card);
            for (Sentence sentence : card.answer()) {
                sentences.add(sentence);
            }
        }
        return advice.sentences(sentences).articles(cited(sentences)).build();
    }

    private Advice unsure(String question, Triaged triaged, double confidence) {
        @Nullable Statutes open = statutes;
        List<Article> found = open == null
                ? List.of()
                : open.search(question, MOST_ARTICLES).stream()
                        .map(ArticleHit::article)
                        .toList();
        List<Sentence> quoted =
                found.stream().flatMap(article -> quotes.of(article).stream()).toList();
        if (quoted.isEmpty()) {
            return of(Advice.Kind.UNSURE, replies.say("unsure"), triaged)
                    .route(Route.LEGAL_AID)
                    .confidence(confidence)
                    .build();
        }
        var sentences = new ArrayList<>(replies.say("articles"));
        sentences.addAll(quoted);
        sentences.addAll(replies.say("articles.end"));
        return of(Advice.Kind.ARTICLES, sentences, triaged)
                .route(Route.LEGAL_AID)
                .confidence(confidence)
                .articles(found)
                .build();
    }

    /** The text of what an answer cites, as far as it was imported. */
    private List<Article> cited(List<Sentence> sentences) {
        @Nullable Statutes open = statutes;
        if (open == null) {
            return List.of();
        }
        Set<Article> found = new LinkedHashSet<>();
        for (Sentence sentence : sentences) {
            for (Citation citation : sentence.citations()) {
                open.article(citation.law(), citation.article()).ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static AdviceBuilder of(Advice.Kind kind, List<Sentence> sentences, Triaged triaged) {
        return new AdviceBuilder(kind, sentences, triaged);
    }
}
