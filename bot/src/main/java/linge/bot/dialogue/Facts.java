package linge.bot.dialogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.dialogue.Talk.Ask;
import linge.bot.triage.Triage;
import linge.bot.triage.Triaged;
import linge.bot.triage.Urgency;
import org.jspecify.annotations.Nullable;

/** Takes from a message what a draft still lacks, and puts right what the resident says is wrong. */
final class Facts {
    /** So many characters besides place and time are more than an answer: they belong to the report. */
    private static final int MORE_THAN_AN_ANSWER = 8;

    private static final Pattern NOT_BUT =
            Pattern.compile("不是(?:在|从)?(.{1,14}?)[,，、]?(?:而)?(?:应该|应当)?是(?:在|从)?(.{1,20})$");

    private static final Pattern BUT_NOT = Pattern.compile("(?:^|[,，、。])(?:应该|应当)?是(.{1,14}?)[,，、]?不是(.{1,14})$");

    private static final String FINAL_WORDS = "(?:的|了|哩|啊|呀|呢|吧)+$";

    private static final int MOST_OF_A_PLACE = 24;
    private static final Pattern STREET_END = Pattern.compile("[街路巷]");
    private static final Pattern STREET =
            Pattern.compile("(?:^|[,，。、\\s])(?:在|就在|是|就是)?(\\p{IsHan}{2,7}[街路巷])(?:上|那个|那边|那儿|的|这边)*(?:$|[,，。、\\s])");

    private final Triage triage = Triage.shipped();
    private final Cues cues = Cues.shipped();
    private final Addresses addresses;

    Facts(Addresses addresses) {
        this.addresses = addresses;
    }

    /** The draft with all that the message tells. */
    Draft take(Draft draft, Message message, @Nullable Ask asked) {
        Draft now = draft;
        boolean correction = message.says("CORRECTION") || asked == Ask.WHAT_TO_CHANGE;
        boolean checking = correction || asked == Ask.CONFIRM;
        if (correction) {
            now = corrected(now, message);
        }
        now = place(now, message, asked, checking && Objects.equals(now, draft));
        boolean again = message.onlySince() || (checking && now.equals(draft));
        if (message.since() != null
                && (now.since() == null
                        || asked == Ask.SINCE
                        || again
                        || Since.tellsMore(message.since(), now.since()))) {
            now = now.since(message.since());
        }
        now = danger(now, message);
        if (message.digits().phone() != null) {
            now = now.calling(message.digits().phone());
        } else if (now.phone() == null && message.says("NO_PHONE")) {
            now = now.calling("");
        }
        if (message.says("ANONYMOUS")) {
            now = now.hiding(true, now.confidential());
        } else if (message.says("CONFIDENTIAL")) {
            now = now.hiding(now.anonymous(), true);
        }
        return words(now, draft, message, asked, correction);
    }

    private Draft place(Draft draft, Message message, @Nullable Ask asked, boolean replace) {
        Where said = message.where();
        if (!said.saysSomething() || isTime(said, message.since())) {
            return draft;
        }
        String words = asked == Ask.WHERE ? withStreet(said.words(), message.told()) : said.words();
        if (draft.where() == null) {
            return draft.at(words == null ? said.name() : words, said.code());
        }
        boolean known = leads(draft);
        if (words != null && said.vague()) {
            // 3号楼二单元 narrows what is known already.
            boolean narrows = asked == Ask.WHERE || replace || message.onlyWhere();
            return known && !narrows ? draft : draft.at(Addresses.joined(draft.where(), words), draft.placeCode());
        }
        String place = words == null ? Objects.requireNonNull(said.name()) : words;
        if (!known || asked == Ask.WHERE) {
            boolean narrows = draft.placeCode() != null && said.code() == null;
            return draft.at(
                    narrows ? Addresses.joined(draft.where(), place) : Addresses.joined(place, draft.where()),
                    narrows ? draft.placeCode() : said.code());
        }
        return replace || message.onlyWhere()
                ? draft.at(place, said.code() == null ? draft.placeCode() : said.code())
                : draft;
    }

    /** 这个月一号 has no 一号 in it that a house could have. */
    private static boolean isTime(Where said, @Nullable String since) {
        String words = said.words();
        return words != null && since != null && said.code() == null && since.contains(words);
    }

    /** 滨河小区，北环街那个: the street beside the name is part of the answer. */
    private static @Nullable String withStreet(@Nullable String words, String told) {
        if (words == null
                || told.length() > MOST_OF_A_PLACE
                || STREET_END.matcher(words).find()) {
            return words;
        }
        Matcher street = STREET.matcher(told.replace(words, "，"));
        return street.find() ? Addresses.joined(street.group(1), words) : words;
    }

    /** Whether somebody could find it: a pin, a village or community, or words that say more than "at my door". */
    boolean leads(Draft draft) {
        String where = draft.where();
        return draft.point() != null
                || (draft.placeCode() != null && draft.placeCode().length() >= 12)
                || (where != null && addresses.leads(where, draft.placeCode()));
    }

    /** Whether where it is has been answered as well as the resident can, by whatever name. */
    boolean answersWhere(Draft draft) {
        String where = draft.where();
        return leads(draft) || (where != null && addresses.answers(where, draft.placeCode()));
    }

    private Draft danger(Draft draft, Message message) {
        if (message.says("NO_DANGER")) {
            return draft.danger(false);
        }
        boolean says = message.says("DANGER") || message.triaged().urgency() != Urgency.NORMAL;
        return says && draft.danger() == null ? draft.danger(true) : draft;
    }

    private Draft words(Draft now, Draft before, Message message, @Nullable Ask asked, boolean correction) {
        String said = Wording.problem(message.told());
        if (said.isEmpty() || before.what().contains(said)) {
            return now;
        }
        int facts = length(message.since()) + length(message.where().words());
        boolean answered = asked == Ask.WHERE || asked == Ask.SINCE || asked == Ask.DANGER || asked == Ask.PHONE;
        boolean more = message.plain().length() - facts > MORE_THAN_AN_ANSWER && !correction;
        boolean detail = asked == Ask.CONFIRM
                && now.equals(before)
                && !correction
                && !message.isYes()
                && !message.isNo()
                && message.plain().length() >= 4;
        if (asked == Ask.WHAT
                || before.what().isEmpty()
                || detail
                || (more && (!answered || facts > 0 || message.tellsProblem()))) {
            var words = new ArrayList<>(now.what());
            words.add(said);
            return judged(now, words);
        }
        return now;
    }

    Draft judged(Draft draft, List<String> words) {
        Triaged triaged = triage.of(Wording.told(words));
        String category = triaged.category() == null || triaged.abstained()
                ? null
                : triaged.category().code();
        boolean hazard = category != null && cues.in("HAZARD", category);
        Draft judged = draft.told(words, category, hazard);
        return judged.danger() == null && triaged.urgency() != Urgency.NORMAL ? judged.danger(true) : judged;
    }

    /** 不是一单元，是二单元 changes that word wherever it stands; 是二单元 the part of the address of that kind. */
    private Draft corrected(Draft draft, Message message) {
        Matcher notBut = NOT_BUT.matcher(message.plain());
        Matcher butNot = BUT_NOT.matcher(message.plain());
        Draft swapped = notBut.find()
                ? swapped(draft, notBut.group(1), notBut.group(2))
                : butNot.find() ? swapped(draft, butNot.group(2), butNot.group(1)) : draft;
        if (!swapped.equals(draft)) {
            return swapped;
        }
        String where = draft.where();
        if (where != null && message.where().code() == null) {
            String fixed = Addresses.corrected(where, message.told());
            if (fixed != null
                    && (message.where().words() == null || message.where().vague())) {
                Draft there = draft.at(fixed, draft.placeCode());
                List<String> told = there.what().stream()
                        .map(word -> word.replace(where, fixed))
                        .toList();
                return told.equals(there.what()) ? there : judged(there, told);
            }
        }
        return draft;
    }

    private Draft swapped(Draft draft, String before, String instead) {
        String wrong = before.replaceFirst("^(?:我家|我们)", "").replaceFirst(FINAL_WORDS, "");
        String right = instead.replaceFirst(FINAL_WORDS, "");
        Draft now = draft;
        String where = draft.where();
        if (where != null && where.contains(wrong)) {
            Where said = addresses.in(right, draft.placeCode());
            String changed = where.replace(wrong, right);
            now = now.at(changed, said.code() != null ? said.code() : kept(draft, changed));
        }
        String since = draft.since();
        if (since != null && since.contains(wrong)) {
            now = now.since(since.replace(wrong, right));
        }
        if (draft.words().contains(wrong)) {
            now = judged(
                    now,
                    now.what().stream()
                            .map(word -> replaced(word, wrong, right))
                            .toList());
        }
        return now;
    }

    /** 红绿灯不亮 in place of 路灯 in 路灯不亮: what follows is said once. */
    private static String replaced(String word, String wrong, String right) {
        int at = word.indexOf(wrong);
        if (at < 0) {
            return word;
        }
        String rest = word.substring(at + wrong.length());
        int shared = Math.min(rest.length(), right.length());
        while (shared > 0 && !right.endsWith(rest.substring(0, shared))) {
            shared--;
        }
        return word.substring(0, at) + right + rest.substring(shared);
    }

    /** The place stays known while its words still lie there. */
    private @Nullable String kept(Draft draft, String changed) {
        Where again = addresses.in(changed, null);
        return again.code() != null ? again.code() : draft.placeCode();
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
