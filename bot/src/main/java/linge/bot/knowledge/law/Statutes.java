package linge.bot.knowledge.law;

import java.util.List;
import java.util.Optional;

/** Statutes that were imported: found by question, or by law and number. {@link LawIndex} is one. Thread-safe. */
public interface Statutes {
    /** The articles that fit a question, best first, at most k; only law in force. */
    List<ArticleHit> search(String question, int k);

    /** One article; law as cards name it, article as 30, 287之一 or 第三十条. */
    Optional<Article> article(String law, String article);
}
