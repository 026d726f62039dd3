package linge.bot.knowledge;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import linge.bot.text.Resources;

/** Who can help: every road a legal matter may take. Words and telephone numbers stand in {@code routes.tsv}. */
public enum Route {
    LEGAL_AID,
    MEDIATION_FAMILY,
    MEDIATION_NEIGHBOURS,
    MEDIATION_PROPERTY,
    MEDIATION_LABOUR,
    MEDIATION_TRAFFIC,
    MEDIATION_MEDICAL,
    MEDIATION_LAND,
    MEDIATION_CONSUMER,
    POLICE,
    LABOUR_INSPECTION,
    LABOUR_ARBITRATION,
    COURT,
    PETITION,
    ADMINISTRATIVE_REVIEW,
    CONSUMER_12315,
    DEPARTMENT,
    NOTARY,
    PROCURATORATE,
    WOMEN_12338,
    PSYCHOLOGY_12356;

    private record Words(String label, String what, String phone, String hours, List<Citation> basis) {}

    /** Read once, on first use: an enum's constants are made before its data can be. */
    private static final class Data {
        static final Map<Route, Words> ALL = read();

        private static Map<Route, Words> read() {
            CitedLaws laws = CitedLaws.shipped();
            return Resources.lines(Route.class, "routes.tsv").stream()
                    .map(line -> line.split("\t", -1))
                    .collect(Collectors.toUnmodifiableMap(
                            cells -> Route.valueOf(cells[0]), cells -> words(cells, laws)));
        }

        private static Words words(String[] cells, CitedLaws laws) {
            List<Citation> basis = cells[5].equals("-") ? List.of() : List.copyOf(laws.parse(cells[5]));
            return new Words(cells[1], cells[2], cells[3], cells[4], basis);
        }
    }

    /** As its door says: 法律援助中心. */
    public String label() {
        return word(Words::label);
    }

    /** What it does for you, in one sentence. */
    public String what() {
        return word(Words::what);
    }

    /** The number to call: 12348. */
    public String phone() {
        return word(Words::phone);
    }

    /** When somebody is there, in words. */
    public String hours() {
        return word(Words::hours);
    }

    /** The articles this road rests on; may be empty. */
    public List<Citation> basis() {
        return word(Words::basis);
    }

    /** Whether this is one of the mediation committees. */
    public boolean mediates() {
        return name().startsWith("MEDIATION_");
    }

    private <T> T word(Function<Words, T> part) {
        return part.apply(Objects.requireNonNull(Data.ALL.get(this), name()));
    }

    static boolean exists(String name) {
        return Arrays.stream(values()).anyMatch(route -> route.name().equals(name));
    }
}
