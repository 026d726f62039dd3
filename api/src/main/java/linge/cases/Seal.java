package linge.cases;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a line of history and of all before it: SHA-256 over the previous seal and every field of the line, each as
 * {@code <bytes>:<text>}, {@code -} for none. The database seals each line it takes; this computes it a second time, to check.
 */
final class Seal {

    private static final String FORM = "linge-history-1";

    private Seal() {}

    /** 64 hex digits. */
    static String of(@Nullable String previous, UUID caseId, HistoryLine line) {
        HistoryLine.By by = line.by();
        String canonical = FORM
                + field(previous)
                + field(caseId)
                + field(line.seq())
                + field(line.move())
                + field(line.from())
                + field(line.to())
                + field(micros(line.at()))
                + field(by.kind())
                + field(by.id())
                + field(by.name())
                + field(by.role())
                + field(by.area())
                + field(by.actingFor())
                + field(line.words())
                + field(line.holder().area())
                + field(line.holder().department())
                + field(line.media().stream().map(UUID::toString).collect(Collectors.joining(",")));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "-";
        }
        String text = value instanceof Enum<?> one ? one.name() : value.toString();
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
    }

    private static long micros(Instant at) {
        return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
    }
}
