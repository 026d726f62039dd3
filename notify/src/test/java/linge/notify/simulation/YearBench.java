package linge.notify.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A whole year; run with {@code mvn -pl notify -Pbench test -Dtest=YearBench}. It takes its size from
 * {@code -Dlinge.residents=300000 -Dlinge.cases=30000 -Dlinge.seed=26} and leaves its table in {@code target/year.md}.
 */
@Tag("bench")
class YearBench {

    @Test
    void a_year_of_a_city() throws IOException {
        City city = new City(
                new Dice(Long.getLong("linge.seed", 26)),
                Integer.getInteger("linge.residents", 300_000),
                Integer.getInteger("linge.cases", 30_000),
                Instant.parse("2025-12-31T22:00:00Z"),
                Duration.ofDays(365));
        try (Year year = new Year(city, Integer.getInteger("linge.templates", Math.max(1, city.cases() / 150)))) {
            Report report = year.live();
            Files.writeString(Path.of("target", "year.md"), report.table(city));
            assertEquals(0, report.untold() + report.notInInbox() + report.toldTwice() + report.falselySent());
            assertEquals(0, report.overQuota() + report.effectsTwice());
        }
    }
}
