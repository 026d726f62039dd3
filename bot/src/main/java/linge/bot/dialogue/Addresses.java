package linge.bot.dialogue;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import linge.bot.place.AddressIndex;
import linge.bot.place.FoundPlace;
import linge.bot.place.Gazetteer;
import linge.bot.place.Level;
import linge.bot.place.Located;
import linge.bot.place.Place;
import linge.bot.text.Resources;
import org.jspecify.annotations.Nullable;

/** Finds where in a message: the gazetteer's places, and the words around them that lead to the very door. */
final class Addresses {
    private static final double WORTH_ASKING = 0.35;
    private static final double SURE = 0.6;
    private static final int MOST_WORDS = 60;
    private static final String DIGIT = "[0-9一二三四五六七八九十零A-Za-z]";
    /** The parts of an address that a correction replaces one for one, largest first. */
    private static final List<Pattern> PARTS = List.of(
            Pattern.compile("(?:[东西南北]{1,2}|正|后|侧|大)门(?=[口那的吧啊旁外里]|[^\\p{IsHan}]|$)"),
            Pattern.compile(DIGIT + "{1,4}(?:号楼|栋|幢|#楼|座)"),
            Pattern.compile(DIGIT + "{1,3}单元"),
            Pattern.compile(DIGIT + "{1,3}(?:层|楼(?![道上下]))"),
            Pattern.compile("[0-9]{3,4}(?:室|号|户)?(?![0-9]|楼)"));

    private static final Pattern GENERAL =
            Pattern.compile("(?:这个|那个|我们|俺们|咱们)?(?:小区|社区|村子?|村里|这里|那里|这儿|附近|旁边|家)(?:里面?|的)?");
    private static final Pattern PART = Pattern.compile(DIGIT + "{1,4}(?:号楼|栋|幢|#楼|座|单元|层|楼|室|户|排)");
    private static final Pattern FINE =
            Pattern.compile("(?:" + PART.pattern() + "|门口|[东西南北正后侧大]门|楼下|楼上|底商|对面|旁边|路口|拐角)");
    private static final Pattern BUILDING_SHORT =
            Pattern.compile("(?<![0-9])([0-9]{1,3})[-－—]([0-9]{1,2})[-－—]([0-9]{3,4})");

    private static final Pattern CROSSING = Pattern.compile(
            "([和与跟])\\p{IsHan}{2,8}?(?:口|交叉|那儿|那里)?[,，。、\\s]*(?:哦|噢|啊|呃|嗯)?[,，、]?(?:不对|错了|说错了)[,，。、\\s]*(?:应该)?是?[和与跟](\\p{IsHan}{2,8})");

    private final Gazetteer gazetteer;
    private final Supplier<AddressIndex> index;
    private final Pattern breaks;
    private final Pattern chain;
    private final Pattern lead;
    private final Pattern vague;
    private final PlaceWords placeWords = new PlaceWords();

    /** @param index asked for each message anew: a city's own names come and go */
    Addresses(Gazetteer gazetteer, Supplier<AddressIndex> index) {
        this.gazetteer = gazetteer;
        this.index = index;
        List<String> rows = Resources.lines(Addresses.class, "address-words.tsv");
        String ends = join(rows, "END");
        this.breaks = Pattern.compile("[，。！？；,.!?;…\\n\\s:：]+|" + join(rows, "BREAK"));
        String segment = "[\\p{IsHan}0-9A-Za-z·#\\-]{0,12}?(?:" + ends + ")";
        // A number or name that follows the last part still belongs to it: 3号楼二单元501.
        this.chain =
                Pattern.compile("(?:" + segment + ")(?:(?:的|和|跟|与|、)?" + segment + ")*(?:[0-9]{3,4}(?![0-9年月日点天]))?");
        this.lead = Pattern.compile("^(?:" + join(rows, "LEAD") + ")+");
        this.vague = Pattern.compile("^(?:" + join(rows, "VAGUE") + ")*$");
    }

    private static String join(List<String> rows, String kind) {
        return String.join(
                "|",
                rows.stream()
                        .filter(row -> row.startsWith(kind + "\t"))
                        .map(row -> row.substring(kind.length() + 1))
                        .toList());
    }

    /** @param near a place code the resident is known to be near, or null */
    Where in(String text, @Nullable String near) {
        String read = settled(text.length() > 600 ? text.substring(0, 600) : text);
        Located located = index.get().locate(read, near);
        FoundPlace best = located.best();
        String code = best == null || best.place().level() == Level.CITY
                ? null
                : best.place().code();
        String words = words(read, best);
        List<Outcome.Ground> candidates = List.of();
        if (code == null || code.length() < 12) {
            candidates = located.candidates().stream()
                    .filter(found ->
                            found.confidence() >= WORTH_ASKING && found.place().level() == Level.VILLAGE)
                    .limit(3)
                    .map(found -> new Outcome.Ground(
                            found.place().code(),
                            gazetteer.fullName(found.place().code())))
                    .toList();
        }
        String name = code == null ? null : gazetteer.fullName(code);
        return words == null && code == null && candidates.isEmpty()
                ? Where.NOWHERE
                : new Where(words, words == null || !leads(words, code), code, name, candidates);
    }

    /** 解放街和延安路口，不对，是和西环路口: the other street is meant. */
    private static String settled(String text) {
        return CROSSING.matcher(text).replaceFirst("$1$2");
    }

    String fullName(String code) {
        return gazetteer.fullName(code.length() > 12 ? code.substring(0, 12) : code);
    }

    boolean isVague(String words) {
        return vague.matcher(words).matches();
    }

    /** Whether words lead to a place: they name one, and not only a whole county or town. */
    boolean leads(String words, @Nullable String code) {
        return placeWords.name(within(words, code));
    }

    /** Whether words may do as an answer to where: more than 我家门口; who is asked names what we do not know, too. */
    boolean answers(String words, @Nullable String code) {
        return !isVague(within(words, code));
    }

    private String within(String words, @Nullable String code) {
        String rest = words;
        if (code != null && code.length() < 12) {
            for (Place place : gazetteer.path(code)) {
                rest = rest.replace(place.name(), "");
            }
            rest = rest.replaceFirst("^(?:山西省?)?长治市?", "");
        }
        return rest;
    }

    /** The longest run of address parts; the one that holds the place found goes first. */
    private @Nullable String words(String text, @Nullable FoundPlace best) {
        String found = null;
        boolean holdsPlace = false;
        for (String clause : breaks.split(text)) {
            Matcher matcher = chain.matcher(clause);
            while (matcher.find()) {
                String words = lead.matcher(matcher.group()).replaceFirst("");
                boolean holds = best != null && words.contains(best.text());
                words = withoutStory(words, holds && best != null ? best.text() : null);
                if (words.length() >= 2
                        && words.length() <= MOST_WORDS
                        && (found == null || (holds && !holdsPlace) || (holds == holdsPlace && better(words, found)))) {
                    found = words;
                    holdsPlace = holds;
                }
            }
        }
        if (best != null && best.place().level() == Level.VILLAGE && !holdsPlace && best.confidence() >= SURE) {
            return joined(best.text(), found);
        }
        return found;
    }

    /** The words without the piece of story before them; the name of a place known stays whole. */
    private String withoutStory(String words, @Nullable String place) {
        int known = place == null ? words.length() : words.indexOf(place);
        String before = placeWords.trimmed(words.substring(0, known));
        String rest = (before == null ? "" : before) + words.substring(known);
        return lead.matcher(rest).replaceFirst("");
    }

    private boolean better(String words, String than) {
        return isVague(than) == isVague(words) ? words.length() > than.length() : isVague(than);
    }

    /** 东关社区 and 小区门口 make one address. */
    static String joined(String wide, @Nullable String narrow) {
        if (narrow == null || wide.contains(narrow)) {
            return wide;
        }
        if (narrow.contains(wide)) {
            return narrow;
        }
        String rest = narrow.replaceFirst("^(?:我家|俺家|我们家|我们|我们的|俺们|咱们|咱|俺|我)+(?:的)?", "");
        if (rest.isEmpty()
                || GENERAL.matcher(rest).matches()
                || (FINE.matcher(wide).find() && !PART.matcher(rest).find())) {
            return wide;
        }
        for (String end : List.of("小区", "村", "社区")) {
            if (wide.endsWith(end) && rest.startsWith(end)) {
                return wide + rest.substring(end.length());
            }
        }
        // 东街街道东关社区 and 东关社区门口 share a name: it is said once.
        for (int shared = Math.min(wide.length(), rest.length()); shared >= 2; shared--) {
            if (wide.endsWith(rest.substring(0, shared))) {
                return wide + rest.substring(shared);
            }
        }
        return wide + rest;
    }

    /** An address with the parts of a correction in place of its own; null when the correction names none of its parts. */
    static @Nullable String corrected(String address, String correction) {
        String now = address;
        boolean changed = false;
        for (Pattern part : PARTS) {
            Matcher said = part.matcher(correction);
            String last = null;
            while (said.find()) {
                last = said.group();
            }
            if (last != null) {
                Matcher old = part.matcher(now);
                now = old.find() ? now.substring(0, old.start()) + last + now.substring(old.end()) : now + last;
                changed = true;
            }
        }
        return changed ? now : null;
    }

    /** 3-2-501 is how people write 3号楼2单元501. */
    static String written(String text) {
        return BUILDING_SHORT.matcher(text).replaceAll("$1号楼$2单元$3");
    }
}
