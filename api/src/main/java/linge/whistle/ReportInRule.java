package linge.whistle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How long called departments may take to come, and where that is written; the rows of {@code report-in.csv}.
 *
 * @param within hours of the day and the night alike
 * @param far metres from the meeting beyond which a check-in is marked as far off
 */
record ReportInRule(String code, boolean emergency, Duration within, int far, String label, String article) {

    private static final List<ReportInRule> SHIPPED = read();

    static ReportInRule of(boolean emergency) {
        return SHIPPED.stream()
                .filter(rule -> rule.emergency == emergency)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("report-in.csv has no rule, emergency " + emergency));
    }

    private static List<ReportInRule> read() {
        InputStream in = Objects.requireNonNull(ReportInRule.class.getResourceAsStream("report-in.csv"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .skip(1)
                    .map(line -> line.split(",", 6))
                    .map(cells -> new ReportInRule(
                            cells[0],
                            cells[1].equals("EMERGENCY"),
                            Duration.ofMinutes(Long.parseLong(cells[2])),
                            Integer.parseInt(cells[3]),
                            cells[4],
                            cells[5]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
