package linge.bot.knowledge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import linge.bot.text.Normalizer;
import linge.bot.text.Resources;

/** What retrieval reads of a card: its questions in every form we know, its answer, and all its words. */
record CardForms(Card card, List<String> questions, String body, String words) {
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
        var body = new StringBuilder(card.title());
        card.answer().forEach(sentence -> body.append(sentence.text()));
        var words = new StringBuilder(String.join("。", questions)).append(body);
        card.steps().forEach(step -> step.sentences().forEach(sentence -> words.append(sentence.text())));
        return new CardForms(card, questions, Normalizer.normalize(body.toString()), words.toString());
    }

    /** The ids that {@code heard.tsv} speaks of; each must be a card's. */
    static Map<String, List<String>> heard() {
        return Heard.BY_CARD;
    }

    /** Every text that has a vector. */
    List<String> embedded() {
        var texts = new ArrayList<>(questions);
        texts.add(body);
        return texts;
    }
}
