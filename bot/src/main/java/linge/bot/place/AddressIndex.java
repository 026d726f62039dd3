package linge.bot.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import linge.bot.place.Mention.Form;
import linge.bot.place.Mention.Sense;
import org.jspecify.annotations.Nullable;

/** Finds the place that an address or a complaint means; immutable and thread-safe. */
public final class AddressIndex {
    /** At or above, the best place may be taken without asking. */
    private static final double ENOUGH = 0.5;
    /** A village found by faint words must be this sure to go before the town or county that the text names. */
    private static final double ENOUGH_BELOW_A_NAMED_PLACE = 0.6;
    /** Two places nearer than this are asked about. */
    private static final double MARGIN = 0.06;
    /** Below, a place is not worth showing. */
    private static final double WORTH_SHOWING = 0.2;

    private static final double SUREST_VARIANT = 0.9;
    /** Another spelling is a guess: never surer than this. */
    private static final double SUREST_SOUND = 0.8;

    private static final int MOST_CANDIDATES = 8;
    /** An address stands early in a complaint; beyond this many characters nothing is read. */
    private static final int MOST_READ = 4_000;

    private static final Pattern GAP = Pattern.compile("[,，.。、;；:：/\\\\\\-—_·()（）\\[\\]【】“”\"'的]{0,2}");
    private static final Pattern FULL_ELSEWHERE = Pattern.compile(".*(省|市|区|县|旗|州|盟)$");
    private static final String ROADS = "路街巷道大东西南北中";

    private final Gazetteer gazetteer;
    private final NameIndex names;

    public AddressIndex(Gazetteer gazetteer) {
        this(gazetteer, new NameIndex(gazetteer));
    }

    private AddressIndex(Gazetteer gazetteer, NameIndex names) {
        this.gazetteer = gazetteer;
        this.names = names;
    }

    /**
     * An index that knows the shipped names and these; this one stays as it is. With 5,000 names it takes 0.2 s of one
     * core once warm, 0.5 s the first time: not on an event loop. Names that only sound like an added one are not found.
     *
     * @param added all names beside the shipped ones, not only new ones; those of places that are not in the gazetteer are
     *     left out
     */
    public AddressIndex with(Iterable<OtherName> added) {
        var known = new ArrayList<OtherName>();
        for (OtherName name : added) {
            if (gazetteer.get(name.code()).isPresent()) {
                known.add(name);
            }
        }
        return new AddressIndex(gazetteer, names.with(known));
    }

    /**
     * The places that a whole name may mean, by code, those whose stem it is among them.
     *
     * @param name as {@link OtherName#read} gives it
     */
    public List<Place> named(String name) {
        return names.senses(name).stream()
                .flatMap(sense -> gazetteer.get(sense.code()).stream())
                .toList();
    }

    /** Whether the name is one of a place outside the city, and of none here. */
    public boolean isElsewhere(String name) {
        List<Sense> senses = names.senses(name);
        return !senses.isEmpty() && senses.stream().allMatch(sense -> sense.form() == Form.ELSEWHERE);
    }

    /** The other names of a place that came with the gazetteer. */
    public List<OtherName> shippedNames(String code) {
        return names.shippedOthers().stream()
                .filter(other -> other.code().equals(code))
                .toList();
    }

    /**
     * Finds the place a text means.
     *
     * @param text any text; only its first 4,000 characters are read
     * @param nearCode a place the writer is known to be near (home, the centre's county), or null; an unknown code counts
     *     as null
     */
    public Located locate(String text, @Nullable String nearCode) {
        String read = OtherName.read(text);
        if (read.length() > MOST_READ) {
            read = read.substring(0, MOST_READ);
        }
        List<Mention> mentions = Corrections.keep(read, names.mentions(read));
        Reading reading = new Reading(read, mentions, near(nearCode));
        List<Find> finds = reading.finds();
        return finds.isEmpty() ? new Located(null, List.of()) : decide(finds, reading);
    }

    private @Nullable String near(@Nullable String code) {
        return code != null && code.length() >= 6 && gazetteer.get(code).isPresent() ? code : null;
    }

    /** A place with the mention that names it, and how sure that is. */
    private record Find(Place place, Mention mention, Form form, double said, double confidence, boolean byNearness) {}

    private Located decide(List<Find> finds, Reading reading) {
        // The places that enclose another find are context, not rivals.
        List<Find> innermost = finds.stream()
                .filter(find -> finds.stream()
                        .noneMatch(other -> isInside(other.place(), find.place())
                                && other.confidence() >= ENOUGH_BELOW_A_NAMED_PLACE))
                .toList();
        Find top = innermost.get(0);
        List<Find> rivals = innermost.stream()
                .skip(1)
                .filter(find -> top.confidence() - find.confidence() < MARGIN && !isInside(top.place(), find.place()))
                // 店上镇瓜掌村: there are two 店上镇, and the village tells which is meant.
                .filter(find -> find.mention().equals(top.mention())
                        || find.mention().senses().stream()
                                .noneMatch(sense -> !sense.code().isEmpty()
                                        && top.place().code().length()
                                                > sense.code().length()
                                        && top.place().code().startsWith(sense.code())))
                .toList();
        Optional<Find> best = Optional.empty();
        if (top.confidence() >= ENOUGH) {
            best = rivals.isEmpty() ? Optional.of(top) : around(finds, top, rivals);
        }
        var reasons = new Reasons(gazetteer, names);
        List<FoundPlace> candidates = new ArrayList<>();
        for (Find find : innermost) {
            candidates.add(found(find, reading, reasons));
        }
        for (Find find : finds) {
            if (!innermost.contains(find)) {
                candidates.add(found(find, reading, reasons));
            }
        }
        FoundPlace chosen = best.map(find -> found(find, reading, reasons)).orElse(null);
        return new Located(chosen, candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size())));
    }

    /** The smallest place that the text firmly names around all of the rivals. */
    private Optional<Find> around(List<Find> finds, Find top, List<Find> rivals) {
        return finds.stream()
                .filter(find -> find.said() >= Evidence.FIRM && find.place().level() != Level.CITY)
                .filter(find -> isInside(top.place(), find.place())
                        && rivals.stream().allMatch(rival -> isInside(rival.place(), find.place())))
                .max(Comparator.comparing(find -> find.place().level()));
    }

    private FoundPlace found(Find find, Reading reading, Reasons reasons) {
        List<Mention> chain = reading.chain(find.place(), find.mention());
        var words = new StringBuilder();
        chain.forEach(mention -> words.append(mention.surface()));
        int same = (int) find.mention().senses().stream()
                .filter(sense -> sense.form() == find.form())
                .count();
        String reason = reasons.of(
                find.place(), find.mention().surface(), find.form(), words.toString(), same, find.byNearness());
        return new FoundPlace(find.place(), words.toString(), Math.round(find.confidence() * 100) / 100.0, reason);
    }

    private static boolean isInside(Place inner, Place outer) {
        return inner.code().length() > outer.code().length() && inner.code().startsWith(outer.code());
    }

    /** One text being read: its mentions, and how each supports the others. */
    private final class Reading {
        private final String text;
        private final List<Mention> mentions;
        private final @Nullable String near;
        private final Map<String, Double> named = new HashMap<>();

        Reading(String text, List<Mention> mentions, @Nullable String near) {
            this.text = text;
            this.mentions = mentions;
            this.near = near;
            for (Mention mention : mentions) {
                for (Sense sense : mention.senses()) {
                    gazetteer
                            .get(sense.code())
                            .ifPresent(place -> named.merge(
                                    place.code(),
                                    Evidence.of(mention, sense, place.level(), text, mentions, names),
                                    Math::max));
                }
            }
        }

        List<Find> finds() {
            var best = new HashMap<String, Find>();
            boolean elsewhere = saysElsewhere();
            for (Mention mention : mentions) {
                for (Sense sense : mention.senses()) {
                    Optional<Place> place = gazetteer.get(sense.code());
                    if (place.isPresent()) {
                        Find find = find(place.get(), mention, sense, elsewhere);
                        best.merge(sense.code(), find, (a, b) -> a.confidence() >= b.confidence() ? a : b);
                    }
                }
            }
            return best.values().stream()
                    .filter(find -> find.confidence() >= WORTH_SHOWING)
                    .sorted(Comparator.comparingDouble(Find::confidence)
                            .reversed()
                            .thenComparing(find -> find.mention().start())
                            .thenComparing(find -> find.place().code()))
                    .toList();
        }

        private Find find(Place place, Mention mention, Sense sense, boolean elsewhere) {
            double said = Evidence.of(mention, sense, place.level(), text, mentions, names);
            double inContext = withContext(place, mention, said);
            // 墨镫村 and 墨镫社区 lie in one town: the one named as it is written goes first.
            double sure = switch (sense.form()) {
                case VARIANT -> Math.min(inContext, SUREST_VARIANT);
                case SOUND -> Math.min(inContext, SUREST_SOUND);
                default -> inContext;
            };
            double nearer = withNearness(place, sure);
            double outside = elsewhere && place.level() != Level.CITY ? nearer * 0.2 : nearer;
            return new Find(place, mention, sense.form(), said, Math.min(outside, 0.99), nearer > sure);
        }

        private double withContext(Place place, Mention mention, double said) {
            if (isTownToo(mention, place)) {
                return Math.min(said, Evidence.FAINT);
            }
            if (said == 0 || place.level() == Level.CITY || place.level() == Level.COUNTY) {
                return said;
            }
            String county = place.code().substring(0, 6);
            double countySaid = named.getOrDefault(county, 0.0);
            double townSaid = place.level() == Level.VILLAGE
                    ? saidBeside(mention, place.code().substring(0, 9))
                    : 0;
            boolean follows = follows(mention, place);
            if (countySaid < Evidence.FIRM && otherCountyIsNamed(county)) {
                return said * 0.3;
            }
            if (townSaid >= Evidence.FAIR || (townSaid >= Evidence.FAINT && countySaid >= Evidence.FIRM)) {
                return lift(said, follows, 0.97, 0.92, 0.82, 0.62);
            }
            if (countySaid >= Evidence.FIRM) {
                double lifted = lift(said, follows, 0.94, 0.86, 0.7, 0.5);
                return otherTownIsNamed(place) ? lifted * 0.6 : lifted;
            }
            return countySaid >= 0.3 && follows ? Math.min(0.9, said + 0.2) : said;
        }

        /** 壶关百尺 is the town; its village of the same name would be said 百尺村. */
        private boolean isTownToo(Mention mention, Place place) {
            return place.level() == Level.VILLAGE
                    && mention.senses().stream()
                            .anyMatch(sense -> sense.form() == Form.SHORT
                                    && sense.code().length() == 9
                                    && place.code().startsWith(sense.code()))
                    && mention.senses().stream()
                            .anyMatch(sense ->
                                    sense.form() == Form.SHORT && sense.code().equals(place.code()));
        }

        /** How surely another mention names a place: 大辛庄 alone cannot be town and village at once. */
        private double saidBeside(Mention mention, String code) {
            boolean alsoHere =
                    mention.senses().stream().anyMatch(sense -> sense.code().equals(code));
            boolean beside = !alsoHere
                    || mentions.stream()
                            .anyMatch(other -> !other.equals(mention)
                                    && other.senses().stream()
                                            .anyMatch(sense -> sense.code().equals(code)));
            return beside ? named.getOrDefault(code, 0.0) : 0;
        }

        private double lift(double said, boolean follows, double firm, double fair, double faint, double ordinary) {
            if (said >= Evidence.FIRM) {
                return firm;
            }
            if (said >= Evidence.FAIR) {
                return follows ? fair : fair - 0.12;
            }
            if (said >= Evidence.FAINT) {
                return follows ? faint : 0.4;
            }
            return follows ? ordinary : said;
        }

        /** Whether the mention stands right behind one of a place around it, as in an address. */
        private boolean follows(Mention mention, Place place) {
            return mentions.stream()
                    .filter(other -> other.end() <= mention.start() && mention.start() - other.end() <= 2)
                    .filter(other -> GAP.matcher(text.substring(other.end(), mention.start()))
                            .matches())
                    .anyMatch(other -> other.senses().stream()
                            .anyMatch(sense -> !sense.code().isEmpty()
                                    && place.code().startsWith(sense.code())
                                    && sense.code().length() < place.code().length()));
        }

        private boolean otherCountyIsNamed(String county) {
            return named.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().length() == 6
                            && !entry.getKey().equals(county)
                            && entry.getValue() >= Evidence.FIRM);
        }

        private boolean otherTownIsNamed(Place place) {
            return place.level() == Level.VILLAGE
                    && named.entrySet().stream()
                            .anyMatch(entry -> entry.getKey().length() == 9
                                    && !place.code().startsWith(entry.getKey())
                                    && entry.getValue() >= Evidence.FIRM);
        }

        /** Nearness decides between places of one name; where the text names the county, the text decides. */
        private double withNearness(Place place, double sure) {
            if (near == null || sure < Evidence.FAINT || saysCounty()) {
                return sure;
            }
            if (!place.code().startsWith(near.substring(0, 6))) {
                return sure * 0.85;
            }
            boolean sameTown = near.length() >= 9 && place.code().startsWith(near.substring(0, 9));
            return Math.max(sure, Math.min(sameTown ? 0.96 : 0.9, sure + (sameTown ? 0.2 : 0.12)));
        }

        private boolean saysCounty() {
            return named.entrySet().stream()
                    .anyMatch(entry -> entry.getKey().length() == 6 && entry.getValue() >= Evidence.FIRM);
        }

        /** Another city is named, and ours is not: 北京市朝阳区, 晋城市. */
        private boolean saysElsewhere() {
            boolean ours = saysCounty()
                    || named.entrySet().stream()
                            .anyMatch(entry -> entry.getKey().length() == 4 && entry.getValue() >= Evidence.FIRM);
            return !ours && mentions.stream().anyMatch(this::isElsewhere);
        }

        private boolean isElsewhere(Mention mention) {
            if (!mention.isElsewhere()) {
                return false;
            }
            boolean road = mention.end() < text.length() && ROADS.indexOf(text.charAt(mention.end())) >= 0;
            boolean opens = mention.start() == 0 || "在是住到于".indexOf(text.charAt(mention.start() - 1)) >= 0;
            return FULL_ELSEWHERE.matcher(mention.surface()).matches() || (opens && !road);
        }

        /** The mentions that name the place and those around it, largest first. */
        List<Mention> chain(Place place, Mention own) {
            var chain = new ArrayList<Mention>();
            for (Mention mention : mentions) {
                boolean encloses = mention.senses().stream()
                        .anyMatch(sense -> sense.code().length() >= 6
                                && sense.code().length() < place.code().length()
                                && place.code().startsWith(sense.code())
                                && named.getOrDefault(sense.code(), 0.0) >= Evidence.FAINT);
                if (mention.equals(own) || (encloses && mention.start() < own.start())) {
                    if (chain.stream().noneMatch(other -> other.surface().equals(mention.surface()))) {
                        chain.add(mention);
                    }
                }
            }
            return chain;
        }
    }
}
