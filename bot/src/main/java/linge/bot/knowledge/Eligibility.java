package linge.bot.knowledge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import linge.bot.knowledge.AidStep.Answer;
import linge.bot.knowledge.AidStep.Choice;
import linge.bot.knowledge.AidStep.Outcome;
import linge.bot.knowledge.AidStep.Paper;
import linge.bot.knowledge.AidStep.Question;
import linge.bot.knowledge.AidStep.Verdict;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/**
 * Whether legal aid can be had, by 法律援助法: 31 (matters that ask for proof of hardship), 32 (matters that do not), 42
 * (people whose hardship is not examined), 24 to 29 and 33 (criminal matters and retrials), 34 (the province's line).
 *
 * <p>Pure: the answers so far go in, the next question or the verdict comes out. Questions and words stand in
 * {@code eligibility.tsv}. It is a look ahead; the decision is the legal aid centre's (法律援助法第四十三条).
 */
public final class Eligibility {
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,2})?");

    /** How the law treats a matter. */
    private enum Rule {
        PROOF,
        FREE,
        SUSPECT,
        VICTIM,
        RETRIAL,
        NOTIFIED,
        OTHER
    }

    private static final class Shipped {
        static final Map<String, Question> QUESTIONS = new LinkedHashMap<>();
        static final Map<String, Rule> RULES = new LinkedHashMap<>();
        static final Replies SAYINGS = Replies.read("eligibility-verdicts.tsv");

        static {
            CitedLaws laws = CitedLaws.shipped();
            for (String line : Resources.lines(Eligibility.class, "eligibility.tsv")) {
                String[] cells = line.split("\t", -1);
                if (cells[0].equals("question")) {
                    QUESTIONS.put(cells[1], new Question(cells[1], cells[3], Answer.valueOf(cells[2]), List.of()));
                } else {
                    Question asked = Objects.requireNonNull(QUESTIONS.get(cells[0]), line);
                    var choices = new ArrayList<>(asked.choices());
                    choices.add(
                            new Choice(cells[1], cells[3], cells[4].equals("-") ? List.of() : laws.parse(cells[4])));
                    QUESTIONS.put(cells[0], new Question(asked.id(), asked.text(), asked.answer(), choices));
                    if (cells[0].equals("matter")) {
                        RULES.put(cells[1], Rule.valueOf(cells[2]));
                    }
                }
            }
        }
    }

    private final Hardship hardship;

    public Eligibility(Hardship hardship) {
        this.hardship = hardship;
    }

    /**
     * The next question, or the verdict.
     *
     * @param answers what was answered so far, by question id; answers to questions not asked are ignored
     * @throws IllegalArgumentException saying in Chinese which answer cannot be understood
     */
    public AidStep next(Map<String, String> answers) {
        return new Asking(answers).next();
    }

    /** One run through the questions with the answers at hand. */
    private final class Asking {
        private final Map<String, String> answers;

        Asking(Map<String, String> answers) {
            this.answers = answers;
        }

        AidStep next() {
            @Nullable String matter = one("matter");
            if (matter == null) {
                return question("matter");
            }
            Rule rule = Objects.requireNonNull(Shipped.RULES.get(matter));
            if (rule == Rule.NOTIFIED) {
                return routed("notified.medical");
            }
            @Nullable String lawyer = one("lawyer");
            if (lawyer == null) {
                return question("lawyer");
            }
            if (lawyer.equals("yes")) {
                return verdict(Outcome.NOT_ELIGIBLE, "has-lawyer", Set.of(), basis("matter", matter));
            }
            return switch (rule) {
                case SUSPECT -> suspect(matter);
                case FREE -> papers(Outcome.ELIGIBLE, "free", matter, Set.of());
                case OTHER -> papers(Outcome.NEEDS_PROOF, "other", matter, Set.of("hardship"));
                default -> hardship(matter);
            };
        }

        private AidStep suspect(String matter) {
            @Nullable String duty = one("duty");
            if (duty == null) {
                return question("duty");
            }
            return duty.equals("none") ? hardship(matter) : routed("notified.defence");
        }

        private AidStep routed(String key) {
            return new Verdict(Outcome.ROUTED, Shipped.SAYINGS.say(key), List.of(), false);
        }

        private AidStep hardship(String matter) {
            @Nullable String group = one("group");
            if (group == null) {
                return question("group", choice -> !choice.id().equals("migrant") || isWagesOrWorkInjury(matter));
            }
            if (!group.equals("none")) {
                return papers(Outcome.ELIGIBLE, "exempt", matter, Set.of("group"));
            }
            @Nullable String income = answers.get("income");
            if (income == null) {
                return question("income");
            }
            if (income.strip().equals("unknown")) {
                return papers(Outcome.NEEDS_PROOF, "unknown-income", matter, Set.of("hardship"));
            }
            if (!AMOUNT.matcher(income.strip()).matches()) {
                throw new IllegalArgumentException("收入请写数字，单位是元，比如 1200：" + income);
            }
            if (hardship.covers(new BigDecimal(income.strip()))) {
                return papers(Outcome.ELIGIBLE, "hardship", matter, Set.of("hardship"));
            }
            // 法律援助法第二十四条 knows "other reasons" beside hardship: only the centre can weigh them.
            return matter.equals("suspect")
                    ? papers(Outcome.NEEDS_PROOF, "suspect-over", matter, Set.of("hardship"))
                    : verdict(Outcome.NOT_ELIGIBLE, "over", Set.of(), basis("matter", matter));
        }

        private boolean isWagesOrWorkInjury(String matter) {
            return matter.equals("wages") || matter.equals("work-injury");
        }

        private AidStep papers(Outcome outcome, String key, String matter, Set<String> proof) {
            @Nullable String applicant = one("applicant");
            if (applicant == null) {
                return question("applicant");
            }
            @Nullable String deadline = one("deadline");
            if (deadline == null) {
                return question("deadline");
            }
            var needed = new LinkedHashSet<>(List.of("identity", "evidence"));
            needed.addAll(proof);
            if (!applicant.equals("self")) {
                needed.add("relation");
            }
            if (matter.equals("retrial")) {
                needed.add("ruling");
            }
            @Nullable String given = answers.get("papers");
            if (given == null) {
                return question("papers", choice -> needed.contains(choice.id()));
            }
            var have = several(given);
            var missing = new LinkedHashSet<>(needed);
            missing.removeAll(have);
            boolean unproved = outcome == Outcome.ELIGIBLE && proof.stream().anyMatch(missing::contains);
            return verdict(unproved ? Outcome.NEEDS_PROOF : outcome, key, missing, basis("matter", matter));
        }

        private Verdict verdict(Outcome outcome, String key, Set<String> missing, List<Citation> basis) {
            boolean applies = outcome == Outcome.ELIGIBLE || outcome == Outcome.NEEDS_PROOF;
            boolean atOnce = applies && !"later".equals(one("deadline"));
            var sentences = new ArrayList<Sentence>();
            Choice matter = choice(
                    "matter", Objects.requireNonNull(answers.get("matter")).strip());
            sentences.add(new Sentence(
                    Shipped.SAYINGS.say("matter").get(0).text().replace("{matter}", matter.label()), basis));
            sentences.addAll(Shipped.SAYINGS.say(key));
            if (applies) {
                sentences.addAll(Shipped.SAYINGS.say(missing.isEmpty() ? "complete" : "missing"));
                sentences.addAll(Shipped.SAYINGS.say(atOnce ? "at-once" : "clock"));
                if ("detained".equals(answers.get("applicant"))) {
                    sentences.addAll(Shipped.SAYINGS.say("detained"));
                }
                sentences.addAll(Shipped.SAYINGS.say("where"));
            } else {
                sentences.addAll(Shipped.SAYINGS.say("otherwise"));
            }
            var papers = missing.stream()
                    .map(id -> new Paper(id, choice("papers", id).label()))
                    .toList();
            return new Verdict(outcome, sentences, papers, atOnce);
        }

        private List<Citation> basis(String question, String id) {
            return choice(question, id).basis();
        }

        private @Nullable String one(String id) {
            @Nullable String answer = answers.get(id);
            if (answer == null) {
                return null;
            }
            return choice(id, answer.strip()).id();
        }

        private Set<String> several(String given) {
            var ids = new LinkedHashSet<String>();
            for (String id : given.split("[,，]")) {
                if (!id.isBlank()) {
                    ids.add(choice("papers", id.strip()).id());
                }
            }
            return ids;
        }
    }

    private static Choice choice(String question, String id) {
        Question asked = Objects.requireNonNull(Shipped.QUESTIONS.get(question));
        Optional<Choice> found = asked.choices().stream()
                .filter(choice -> choice.id().equals(id))
                .findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException("“" + asked.text() + "”没有这个选项：" + id));
    }

    private static Question question(String id) {
        return question(id, choice -> true);
    }

    private static Question question(String id, Predicate<Choice> fits) {
        Question asked = Objects.requireNonNull(Shipped.QUESTIONS.get(id));
        return new Question(
                asked.id(),
                asked.text(),
                asked.answer(),
                asked.choices().stream().filter(fits).toList());
    }
}
