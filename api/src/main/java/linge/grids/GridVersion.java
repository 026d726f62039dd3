package linge.grids;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One whole set of grids; the latest whose day has come is in force, older ones stay for old cases.
 *
 * @param effectiveFrom the first day, in Shanghai, on which it is in force
 * @param source the file it came from, or that it was generated
 * @param demo whether its ground is generated
 */
public record GridVersion(
        long id, LocalDate effectiveFrom, String source, boolean demo, String importedBy, Instant importedAt) {}
