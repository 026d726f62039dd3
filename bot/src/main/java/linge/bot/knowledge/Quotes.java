package linge.bot.knowledge;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import linge.bot.knowledge.law.Article;

/** Quotes an article as a sentence that cites it. */
final class Quotes {
    private static final int LONGEST = 120;
    private static final String OFFICIAL = "https://flk.npc.gov.cn/";

    private final CitedLaws laws;

    Quotes(CitedLaws laws) {
        this.laws = laws;
    }

    /** One sentence; none for an article whose version has no day, as a citation must say since when it holds. */
    Optional<Sentence> of(Article article) {
        return citation(article)
                .map(citation -> new Sentence("\n“" + beginning(article.text()) + "”", List.of(citation)));
    }

    private Optional<Citation> citation(Article article) {
        Optional<CitedLaw> known = laws.find(article.law());
        if (known.isPresent()) {
            CitedLaw law = known.get();
            return Optional.of(new Citation(law.law(), article.article(), law.since(), law.url()));
        }
        try {
            return Optional.of(
                    new Citation(article.law(), article.article(), LocalDate.parse(article.version()), OFFICIAL));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String beginning(String text) {
        String line = text.replaceAll("\\s+", "");
        if (line.length() <= LONGEST) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line.substring(0, end) + "……";
    }
}
