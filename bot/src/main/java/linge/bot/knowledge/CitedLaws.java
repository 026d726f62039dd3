package linge.bot.knowledge;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/** The laws that may be cited, each with the version in force. Immutable. */
public final class CitedLaws {
    /** A law's name may hold a 、 itself, so a citation ends where its number ends. */
    private static final Pattern ONE = Pattern.compile("\\G(?:、)?([^\\d〔〕]+?)(\\d{1,4}(?:之[一二三四五六七八九十]{1,3})?)(?=、|$)");

    private final Map<String, CitedLaw> byName;

    private CitedLaws(Map<String, CitedLaw> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    /** The laws shipped with the cards, {@code laws.csv}. */
    public static CitedLaws shipped() {
        var stream = Objects.requireNonNull(CitedLaws.class.getResourceAsStream("laws.csv"), "laws.csv");
        try (var reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            return read("laws.csv", reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads laws from a table with the columns law, title, since, version, url.
     *
     * @throws CardFaults naming every line that is wrong
     */
    static CitedLaws read(String file, Reader table) throws IOException {
        var laws = new LinkedHashMap<String, CitedLaw>();
        var faults = new ArrayList<String>();
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (var rows = format.parse(table)) {
            for (CSVRecord row : rows) {
                String at = file + ":" + rows.getCurrentLineNumber() + " ";
                try {
                    var law = new CitedLaw(
                            row.get("law"),
                            row.get("title"),
                            LocalDate.parse(row.get("since")),
                            row.get("version"),
                            row.get("url"));
                    if (law.law().isEmpty() || law.title().isEmpty()) {
                        faults.add(at + "缺少法律名称");
                    } else if (!law.url().startsWith("https://")) {
                        faults.add(at + "网址应以 https:// 开头：" + law.url());
                    } else if (laws.put(law.law(), law) != null) {
                        faults.add(at + "法律重复：" + law.law());
                    }
                } catch (DateTimeParseException e) {
                    faults.add(at + "施行日期应写成 2026-01-01：" + row.get("since"));
                } catch (IllegalArgumentException e) {
                    faults.add(at + "应有 law,title,since,version,url 五列");
                }
            }
        }
        CardFaults.throwIfAny(faults);
        return new CitedLaws(laws);
    }

    public Optional<CitedLaw> find(String law) {
        return Optional.ofNullable(byName.get(law));
    }

    public Collection<CitedLaw> all() {
        return byName.values();
    }

    /**
     * The citations in one pair of brackets.
     *
     * @param inside what stands between 〔 and 〕: 劳动法50、劳动合同法30
     * @throws IllegalArgumentException saying in Chinese which of them is no article of a law in the table
     */
    public List<Citation> parse(String inside) {
        var citations = new ArrayList<Citation>();
        Matcher matcher = ONE.matcher(inside);
        int end = 0;
        while (matcher.find()) {
            String law = matcher.group(1);
            CitedLaw found = byName.get(law);
            if (found == null) {
                throw new IllegalArgumentException("laws.csv 里没有这部法律：" + law);
            }
            citations.add(found.article(matcher.group(2)));
            end = matcher.end();
        }
        if (citations.isEmpty() || end != inside.length()) {
            throw new IllegalArgumentException("引用应写成〔劳动法50〕或〔劳动法50、劳动合同法30〕：" + inside);
        }
        return citations;
    }
}
