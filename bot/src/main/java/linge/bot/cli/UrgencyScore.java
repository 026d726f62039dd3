package linge.bot.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import linge.bot.triage.Urgency;
import linge.bot.triage.UrgencyRules;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** How many emergencies the rules miss, and how often they cry wolf, over lines with their answers and over tickets. */
final class UrgencyScore {
    private static final CSVFormat CSV =
            CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    private final UrgencyRules rules = UrgencyRules.shipped();
    private final Map<String, int[]> byKind = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int emergencies;
    private int missed;
    private int wrongService;
    private int harmless;
    private int alarms;
    private int distressed;
    private int unheard;

    /** Reads lines of kind | expected numbers, ~12356 or - | text. */
    UrgencyScore(Path file) {
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            String[] cells = line.split("\\|", 3);
            if (cells.length < 3) {
                throw new Failure(file + " 第" + number + "行：应为 类别|应拨电话|原话");
            }
            count(cells[0], cells[1], cells[2]);
        }
    }

    private void count(String kind, String expected, String text) {
        UrgencyRules.Judged judged = rules.of(text);
        boolean alarm = judged.urgency() == Urgency.EMERGENCY;
        boolean right;
        if (expected.equals("-")) {
            harmless++;
            right = !alarm;
            alarms += alarm ? 1 : 0;
        } else if (expected.startsWith("~")) {
            distressed++;
            right = expected.substring(1).equals(judged.hotline());
            unheard += right ? 0 : 1;
        } else {
            emergencies++;
            missed += alarm ? 0 : 1;
            right = alarm && List.of(expected.split(",")).contains(judged.hotline());
            wrongService += alarm && !right ? 1 : 0;
        }
        int[] counts = byKind.computeIfAbsent(kind, k -> new int[2]);
        counts[0]++;
        counts[1] += right ? 1 : 0;
        if (!right) {
            wrong.add(
                    expected + " " + judged.urgency() + " " + judged.hotline() + "：" + text + "（" + judged.why() + "）");
        }
    }

    /** The lines that were not judged as they say, with what was found instead. */
    List<String> wrong() {
        return wrong;
    }

    Map<String, Object> figures() {
        var figures = new LinkedHashMap<String, Object>();
        figures.put("emergencies", emergencies);
        figures.put("missed", missed);
        figures.put("wrongService", wrongService);
        figures.put("harmless", harmless);
        figures.put("falseAlarms", alarms);
        figures.put("falseAlarmRate", rate(alarms, harmless));
        figures.put("distressed", distressed);
        figures.put("notOffered12356", unheard);
        var kinds = new LinkedHashMap<String, String>();
        byKind.forEach((kind, counts) -> kinds.put(kind, counts[1] + "/" + counts[0]));
        figures.put("rightByKind", kinds);
        return figures;
    }

    /** How many tickets of a CSV (text in column text_noleak or text) raise an alarm; a real emergency among them counts too. */
    static Map<String, Object> tickets(Path file) {
        UrgencyRules rules = UrgencyRules.shipped();
        int n = 0;
        int alarms = 0;
        try (Reader in = reader(file);
                var parser = CSV.parse(in)) {
            String column = parser.getHeaderNames().contains("text_noleak") ? "text_noleak" : "text";
            if (!parser.getHeaderNames().contains(column)) {
                throw new Failure(file + "：缺少列 text_noleak 或 text");
            }
            for (CSVRecord row : parser) {
                n++;
                alarms += rules.of(row.get(column)).urgency() == Urgency.EMERGENCY ? 1 : 0;
            }
        } catch (IOException e) {
            throw Failure.unread(file, e);
        }
        var figures = new LinkedHashMap<String, Object>();
        figures.put("tickets", n);
        figures.put("alarms", alarms);
        figures.put("alarmRate", rate(alarms, n));
        return figures;
    }

    private static double rate(int part, int whole) {
        return whole == 0 ? 0 : Math.round(10_000.0 * part / whole) / 10_000.0;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw Failure.unread(file, e);
        }
    }

    private static Reader reader(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
    }
}
