package linge.evaluation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rules and thresholds that come with us, from the tables beside this class: a beginning, for areas to change. */
final class Shipped {
    private Shipped() {}

    /** One threshold: what it is called in JSON, what is usual, and what it means. */
    record Threshold(String name, int value, String words) {}

    static List<Book.Rule> rules() {
        List<Book.Rule> rules = new ArrayList<>();
        for (String[] cells : table("rules.tsv")) {
            rules.add(new Book.Rule(
                    Counted.valueOf(cells[0]),
                    hundredths(cells[1]),
                    cells[2].equals("-") ? null : hundredths(cells[2]),
                    cells[3]));
        }
        return rules;
    }

    static List<Threshold> thresholds() {
        List<Threshold> all = new ArrayList<>();
        for (String[] cells : table("signals.tsv")) {
            all.add(new Threshold(cells[0], Integer.parseInt(cells[1]), cells[2]));
        }
        return all;
    }

    static Map<String, Integer> thresholdValues() {
        Map<String, Integer> values = new LinkedHashMap<>();
        thresholds().forEach(one -> values.put(one.name(), one.value()));
        return values;
    }

    private static int hundredths(String points) {
        return new BigDecimal(points).movePointRight(2).intValueExact();
    }

    private static List<String[]> table(String name) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Shipped.class.getResourceAsStream(name), name), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
