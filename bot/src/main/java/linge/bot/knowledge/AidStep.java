package linge.bot.knowledge;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the check for legal aid says next: a question, or the verdict. */
public sealed interface AidStep {

    /**
     * One question.
     *
     * @param id key under which the answer is given back: matter
     * @param text the question as asked
     * @param answer how it is answered
     * @param choices for {@link Answer#ONE} and {@link Answer#SEVERAL}; for {@link Answer#AMOUNT} a way to say "I do not know"
     */
    record Question(String id, String text, Answer answer, List<Choice> choices) implements AidStep {
        public Question {
            choices = List.copyOf(choices);
        }
    }

    /** How a question is answered. */
    enum Answer {
        /** The id of one choice. */
        ONE,
        /** Ids of choices, joined by commas; empty for none of them. */
        SEVERAL,
        /** Yuan, or the id of a choice. */
        AMOUNT
    }

    /** One answer to choose; basis are the articles it stands for. */
    record Choice(String id, String label, List<Citation> basis) {
        public Choice {
            basis = List.copyOf(basis);
        }
    }

    /** How it stands. */
    enum Outcome {
        /** Apply: the conditions are met. */
        ELIGIBLE,
        /** The matter fits; proof of hardship, or a look by the legal aid centre, is still needed. */
        NEEDS_PROOF,
        /** Not by these rules. */
        NOT_ELIGIBLE,
        /** Nobody needs to apply: the police, the procuratorate or the court must call the legal aid centre. */
        ROUTED
    }

    /** A paper to bring; missing ones are all told at once. */
    record Paper(String id, String label) {}

    /**
     * What came out.
     *
     * @param sentences why, and what next
     * @param missing papers still missing, all of them
     * @param atOnce aid can begin before the examination ends (法律援助法第四十四条)
     */
    record Verdict(Outcome outcome, List<Sentence> sentences, List<Paper> missing, boolean atOnce) implements AidStep {
        /** 法律援助法第四十三条: examined within seven days of the application. */
        public static final int EXAMINE_DAYS = 7;

        /** 法律援助法第四十三条: somebody is assigned within three days of the decision. */
        public static final int ASSIGN_DAYS = 3;

        public Verdict {
            sentences = List.copyOf(sentences);
            missing = List.copyOf(missing);
        }

        /** The last day for the decision on an application received on a day. */
        public LocalDate examinedBy(LocalDate received) {
            return received.plusDays(EXAMINE_DAYS);
        }

        /** The last day to assign somebody after a decision. */
        public LocalDate assignedBy(LocalDate decided) {
            return decided.plusDays(ASSIGN_DAYS);
        }

        public List<Citation> citations() {
            var citations = new LinkedHashSet<Citation>();
            sentences.forEach(sentence -> citations.addAll(sentence.citations()));
            return List.copyOf(citations);
        }
    }

    /** The question this step asks, or null for a verdict. */
    default @Nullable Question question() {
        return this instanceof Question asked ? asked : null;
    }

    /** The verdict, or null for a question. */
    default @Nullable Verdict verdict() {
        return this instanceof Verdict reached ? reached : null;
    }
}
