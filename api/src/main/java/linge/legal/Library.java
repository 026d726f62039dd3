package linge.legal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import linge.bot.knowledge.Advice;
import linge.bot.knowledge.Cards;
import linge.bot.knowledge.LegalAdviser;
import linge.bot.knowledge.law.Article;
import linge.bot.knowledge.law.ArticleHit;
import linge.bot.knowledge.law.LawIndex;
import linge.bot.knowledge.law.Statutes;
import org.jspecify.annotations.Nullable;

/**
 * The cards and statutes in force on this node and the adviser who knows them; swapped whole, so that one answer never mixes
 * two of them. Thinking is done on workers of its own.
 */
public final class Library {

    /** Everything one answer needs; take it once. */
    record Shelf(Cards cards, @Nullable LawIndex statutes, LegalAdviser adviser) {

        static Shelf of(Cards cards, @Nullable LawIndex statutes) {
            return new Shelf(cards, statutes, new LegalAdviser(cards, statutes == null ? null : reader(statutes)));
        }

        /** The text of an article, where statutes were imported. */
        Optional<Article> article(String law, String article) {
            return statutes == null ? Optional.empty() : statutes.article(law, article);
        }

        private static Statutes reader(LawIndex index) {
            return new Statutes() {
                @Override
                public List<ArticleHit> search(String question, int k) {
                    return index.search(question, k);
                }

                @Override
                public Optional<Article> article(String law, String article) {
                    return index.article(law, article);
                }
            };
        }
    }

    private final WorkerExecutor workers;
    private final Questions questions;
    /** Null until somebody asks or the service has warmed up: reading cards takes a moment. */
    private final AtomicReference<@Nullable Shelf> shelf = new AtomicReference<>();

    public Library(Vertx vertx, Questions questions) {
        this.workers = vertx.createSharedWorkerExecutor("legal", 2);
        this.questions = questions;
    }

    /** Reads the cards and the adviser's words. */
    public Future<Void> warmUp() {
        return with(shelf -> shelf.adviser().ask("老板拖欠工资怎么办")).mapEmpty();
    }

    /** Answers a question; one that cannot be answered is noted, without who asked. */
    public Future<Advice> ask(String question) {
        return with(shelf -> shelf.adviser().ask(question))
                .compose(
                        advice -> questions.noteUnlessAnswered(question, advice).map(advice));
    }

    /** Reads from the shelf in force, on a worker. */
    <T> Future<T> with(Function<Shelf, T> read) {
        return workers.executeBlocking(() -> read.apply(shelf()), false);
    }

    /** Puts other cards in force; blocks for a moment. */
    synchronized void put(Cards cards) {
        shelf.set(Shelf.of(cards, shelf().statutes()));
    }

    /** Puts other statutes in force; the ones before, to be closed once nobody reads them any more. */
    synchronized @Nullable LawIndex put(@Nullable LawIndex statutes) {
        Shelf before = shelf();
        shelf.set(Shelf.of(before.cards(), statutes));
        return before.statutes();
    }

    /** The statutes in force, if any were imported. */
    boolean hasStatutes() {
        Shelf now = shelf.get();
        return now != null && now.statutes() != null;
    }

    private synchronized Shelf shelf() {
        if (shelf.get() == null) {
            shelf.set(Shelf.of(Cards.shipped(), null));
        }
        return Objects.requireNonNull(shelf.get());
    }
}
