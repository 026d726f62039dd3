package linge.bot.knowledge;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One sentence and what it rests on.
 *
 * @param text ends with its full stop; without the citation
 * @param citations at least one for a sentence of law; none for words of courtesy
 */
public record Sentence(String text, List<Citation> citations) {
    public Sentence {
        citations = List.copyOf(citations);
    }

    /** The sentence with its citations behind it: …。〔劳动法第五十条〕. */
    public String cited() {
        return citations.isEmpty()
                ? text
                : text + citations.stream().map(Citation::words).collect(Collectors.joining("、", "〔", "〕"));
    }
}
