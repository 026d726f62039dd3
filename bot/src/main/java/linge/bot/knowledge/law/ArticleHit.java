package linge.bot.knowledge.law;

/**
 * An article that a search found.
 *
 * @param score how well it fits this question; higher is better, comparable within one search only
 */
public record ArticleHit(Article article, double score) {}
