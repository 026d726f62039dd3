package linge.whistle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import linge.clocks.ClockRule;

/**
 * By which rule called departments come. How long they may take is a rule of {@code clocks}, set for each area; how near counts as
 * there is a row of {@code report-in.csv}.
 *
 * @param code of the clock's rule
 * @param far metres from the meeting beyond which a check-in is marked as far off
 * @param label e.g. 2 小时内报到
 * @param article where it is written
 */
record ReportInRule(String code, boolean emergency, int far, String label, String article) {

    private static final Map<String, Integer> FAR = read();

    /** The rule that called departments run by. */
    static String codeOf(boolean emergency) {
        return emergency ? "WHISTLE_EMERGENCY" : "WHISTLE";
    }

    static ReportInRule of(boolean emergency, ClockRule inForce) {
        return new ReportInRule(inForce.code(), emergency, far(inForce.code()), inForce.label(), inForce.article());
    }

    private static int far(String code) {
        return Objects.requireNonNull(FAR.get(code), () -> "report-in.csv has no row " + code);
    }

    private static Map<String, Integer> read() {
        InputStream in = Objects.requireNonNull(ReportInRule.class.getResourceAsStream("report-in.csv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .skip(1)
                    .map(line -> line.split(",", 2))
                    .collect(Collectors.toUnmodifiableMap(cells -> cells[0], cells -> Integer.valueOf(cells[1])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
