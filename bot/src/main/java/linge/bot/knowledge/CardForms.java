package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;

/** What retrieval reads of a card: its questions in every form we know, the title first, and all its words. */
record CardForms(Card card, List<String> questions, String words) {
    private static final class Heard {
        static final Map<String, List<String>> BY_CARD = read();

        private static Map<String, List<String>> read() {
            var heard = new HashMap<String, List<String>>();
            for (String line : Resources.lines(CardForms.class, "heard.tsv")) {
                String[] cells = line.split("\t", 2);
                heard.computeIfAbsent(cells[0], any -> new ArrayList<>()).add(cells[1]);
            }
            return heard;
        }
    }

    static CardForms of(Card card) {
        var questions = new ArrayList<String>();
        questions.add(Normalizer.normalize(card.title()));
        card.asks().forEach(ask -> questions.add(Normalizer.normalize(ask)));
        Heard.BY_CARD.getOrDefault(card.id(), List.of()).forEach(line -> questions.add(Normalizer.normalize(line)));
        var words = new StringBuilder(String.join("。", questions)).append("。");
        card.answer().forEach(sentence -> words.append(sentence.text()));
        card.steps().forEach(step -> step.sentences().forEach(sentence -> words.append(sentence.text())));
        return new CardForms(card, questions, words.toString());
    }

    /** The ids that {@code heard.tsv} speaks of; each must be a card's. */
    static Map<String, List<String>> heard() {
        return Heard.BY_CARD;
    }
}
