package linge.bot.dialogue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import linge.bot.knowledge.Advice;
import linge.bot.knowledge.Card;
import linge.bot.knowledge.Route;
import org.jspecify.annotations.Nullable;

/** What came of a wish. */
public sealed interface Outcome {

    /**
     * The ground at a point or of words.
     *
     * @param grid code of the grid, 15 digits, or null
     * @param name county, town, village and grid in words; null when nothing is known there
     * @param candidates places to ask about, likeliest first
     * @param demo whether the grid's outline is generated
     */
    record GroundFound(@Nullable String grid, @Nullable String name, List<Ground> candidates, boolean demo)
            implements Outcome {
        public GroundFound {
            candidates = List.copyOf(candidates);
        }
    }

    /** @param code of a place or grid */
    record Ground(String code, String name) {}

    /** The case that was filed. */
    record Filed(CaseFacts facts) implements Outcome {}

    record CasesFound(List<CaseFacts> cases) implements Outcome {
        public CasesFound {
            cases = List.copyOf(cases);
        }
    }

    /** The case, after the move if one was wished for. */
    record CaseFound(CaseFacts facts) implements Outcome {}

    /**
     * A case as its owner sees it.
     *
     * @param number 12 digits
     * @param text what was filed
     * @param state name of the state: SUBMITTED, ACCEPTED, DISPATCHED, HANDLING, SUSPENDED, RESOLVED, REPORTED, RATED, ARCHIVED,
     *     DECLINED, WITHDRAWN
     * @param stateName in Chinese
     * @param holder who has it now, in words, or null
     * @param due null when nothing is due
     * @param answer what was reported back, or null
     * @param lastWords the newest line of history a resident may read, or null
     */
    record CaseFacts(
            String number,
            String text,
            String state,
            String stateName,
            @Nullable String holder,
            @Nullable Instant due,
            boolean overdue,
            @Nullable String answer,
            @Nullable String lastWords,
            Instant filedAt) {
        /** Somebody on the staff still owes the resident something. */
        public boolean open() {
            return switch (state) {
                case "SUBMITTED", "ACCEPTED", "DISPATCHED", "HANDLING", "SUSPENDED", "RESOLVED" -> true;
                default -> false;
            };
        }
    }

    /**
     * @param grid its code
     * @param place county, town, village and grid in words, or null
     * @param members leader first
     */
    record TeamFound(String grid, @Nullable String place, boolean demo, List<Member> members) implements Outcome {
        public TeamFound {
            members = List.copyOf(members);
        }
    }

    /** @param role in Chinese */
    record Member(String role, String name, @Nullable String phone) {}

    /**
     * What the legal adviser says.
     *
     * @param refused out of scope, or not known well enough: the answer then says so
     * @param title of the card, or null
     * @param card id of the knowledge card, or null
     * @param route where to go in words, or null
     * @param articles the articles' text where statutes are imported
     */
    record Advised(
            String question,
            String answer,
            List<Cited> citations,
            @Nullable String title,
            @Nullable String card,
            @Nullable String route,
            boolean refused,
            double confidence,
            List<ArticleText> articles)
            implements Outcome {
        public Advised {
            citations = List.copyOf(citations);
            articles = List.copyOf(articles);
        }

        /** What the adviser said, as the bot hears it. */
        public static Advised of(String question, Advice advice) {
            Route route = advice.route();
            Card card = advice.card();
            return new Advised(
                    question,
                    advice.spoken(),
                    advice.citations().stream()
                            .map(cited -> new Cited(cited.law(), cited.article(), cited.since(), cited.url()))
                            .toList(),
                    card == null ? null : card.title(),
                    card == null ? null : card.id(),
                    route == null ? null : route.label(),
                    advice.refused(),
                    advice.confidence(),
                    advice.articles().stream()
                            .map(article -> new ArticleText(article.law(), article.article(), article.text()))
                            .toList());
        }
    }

    record Cited(
            String law,
            String article,
            @Nullable LocalDate since,
            @Nullable String url) {}

    record ArticleText(String law, String article, String text) {}

    /** @param number to ask about the application by; examined until the date */
    record Applied(String number, @Nullable LocalDate examinedBy, List<String> missingPapers) implements Outcome {
        public Applied {
            missingPapers = List.copyOf(missingPapers);
        }
    }

    /**
     * @param waiting a person was told and will answer here
     * @param office who, in words
     * @param phone to call meanwhile, or null
     * @param hours office hours in words, or null
     */
    record HandedOver(
            boolean waiting,
            @Nullable String office,
            @Nullable String phone,
            @Nullable String hours) implements Outcome {}

    /** Why a wish was not granted. */
    enum Why {
        /** Nobody is signed in. */
        SIGN_IN,
        NOT_FOUND,
        NOT_ALLOWED,
        /** The case is in a state that does not allow it. */
        OUT_OF_TURN,
        /** The place is outside the city, or cannot be told. */
        PLACE,
        /** Too many in a short time. */
        BUSY,
        /** A fault of ours: it may be tried again. */
        BROKEN,
        /** Anything else; the words say it. */
        OTHER
    }

    /** @param words one Chinese sentence for the resident, or null to let the bot say it */
    record Refused(Why why, @Nullable String words) implements Outcome {}
}
