package linge.notify.sms;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** What the codes of providers and carriers mean: {@code codes.csv}, the first line that fits. */
final class CodeBook {

    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final List<Line> lines;

    /**
     * @param code of the provider; ends with {@code *} to fit all that begin so
     * @param fragment what its message has to hold, or empty
     * @param pause how long to leave it alone: a duration such as {@code PT1M}, {@code day} for until tomorrow in China,
     *     {@code month} for until the next month, or empty
     * @param said in Chinese, for the operator
     */
    private record Line(
            String provider, String code, String fragment, Refused.Meaning meaning, String pause, String said) {

        boolean fits(String by, String given, String message) {
            boolean same = code.endsWith("*")
                    ? given.startsWith(code.substring(0, code.length() - 1))
                    : given.equalsIgnoreCase(code);
            return provider.equals(by) && same && message.contains(fragment);
        }
    }

    private CodeBook(List<Line> lines) {
        this.lines = lines;
    }

    /** The book that comes with this module. */
    static CodeBook shipped() {
        try (InputStream in = Objects.requireNonNull(CodeBook.class.getResourceAsStream("codes.csv"));
                InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            CSVFormat form = CSVFormat.DEFAULT
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setCommentMarker('#')
                    .get();
            List<Line> lines = new ArrayList<>();
            for (CSVRecord row : form.parse(text)) {
                lines.add(new Line(
                        row.get("provider"),
                        row.get("code"),
                        row.get("fragment"),
                        Refused.Meaning.labelled(row.get("meaning")),
                        row.get("pause"),
                        row.get("said")));
            }
            return new CodeBook(List.copyOf(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the book says something about a code. */
    boolean knows(String provider, String code) {
        return lines.stream().anyMatch(line -> line.fits(provider, code, line.fragment()));
    }

    /** The refusal that a code is; one the book does not know is {@code otherwise}. */
    Refused refusal(String provider, String code, String message, Refused.Meaning otherwise, InstantSource clock) {
        return lines.stream()
                .filter(line -> line.fits(provider, code, message))
                .findFirst()
                .map(line -> new Refused(line.meaning(), line.said() + " (" + code + ")", pause(line.pause(), clock)))
                .orElseGet(() -> new Refused(otherwise, discreet(message) + " (" + discreet(code) + ")"));
    }

    /** The vendor's own words may hold the phone; reasons are logged and shown. */
    private static String discreet(String words) {
        return words.replaceAll("\\d{7,}", "…");
    }

    private static @Nullable Duration pause(String pause, InstantSource clock) {
        Instant now = clock.instant();
        return switch (pause) {
            case "" -> null;
            case "day" ->
                Duration.between(
                        now,
                        now.atZone(CHINA)
                                .toLocalDate()
                                .plusDays(1)
                                .atStartOfDay(CHINA)
                                .toInstant());
            case "month" ->
                Duration.between(
                        now,
                        now.atZone(CHINA)
                                .toLocalDate()
                                .withDayOfMonth(1)
                                .plusMonths(1)
                                .atStartOfDay(CHINA)
                                .toInstant());
            default -> Duration.parse(pause);
        };
    }
}
