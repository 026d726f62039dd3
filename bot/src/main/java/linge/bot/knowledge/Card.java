package linge.bot.knowledge;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/**
 * What we tell of one legal question, in plain words of our own.
 *
 * @param id lower-case words joined by hyphens, beginning with the topic: wages-unpaid
 * @param topic the life situation: wages
 * @param title the question in one line
 * @param asks 4 to 8 ways residents ask it
 * @param routes where to go, the main one first; never empty
 * @param checked the day somebody last compared the card with the law
 * @param answer the short answer
 * @param steps what to do, in order
 * @param bring papers to take along
 * @param deadlines time limits; may be empty
 * @param where offices in words
 */
public record Card(
        String id,
        String topic,
        String title,
        List<String> asks,
        List<Route> routes,
        LocalDate checked,
        List<Sentence> answer,
        List<Step> steps,
        List<String> bring,
        List<Sentence> deadlines,
        List<String> where) {

    /** One step of what to do: a few sentences, each with its citations. */
    public record Step(List<Sentence> sentences) {
        public Step {
            sentences = List.copyOf(sentences);
        }
    }

    public Card {
        asks = List.copyOf(asks);
        routes = List.copyOf(routes);
        answer = List.copyOf(answer);
        steps = List.copyOf(steps);
        bring = List.copyOf(bring);
        deadlines = List.copyOf(deadlines);
        where = List.copyOf(where);
    }

    /** Every sentence that must rest on an article: answer, steps, time limits. */
    public Stream<Sentence> sentences() {
        return Stream.of(answer.stream(), steps.stream().flatMap(step -> step.sentences().stream()), deadlines.stream())
                .flatMap(sentences -> sentences);
    }

    /** The articles the card rests on, each once, in the order met. */
    public List<Citation> citations() {
        var citations = new LinkedHashSet<Citation>();
        sentences().forEach(sentence -> citations.addAll(sentence.citations()));
        return List.copyOf(citations);
    }
}
