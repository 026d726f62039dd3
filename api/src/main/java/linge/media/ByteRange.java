package linge.media;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of a file that a player asks for (RFC 9110, 14.2); a length of 0 is one that is not there. */
record ByteRange(long from, long length) {

    /** One range; several at once may be answered with the whole, and are. */
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** Null for the whole file. */
    static @Nullable ByteRange of(@Nullable String range, @Nullable String ifRange, String tag, long bytes) {
        Matcher one = ONE.matcher(range == null ? "" : range.trim());
        if (!one.matches() || (ifRange != null && !ifRange.equals(tag))) {
            return null;
        }
        String first = one.group(1);
        String last = one.group(2);
        if (first.isEmpty() && last.isEmpty()) {
            return null;
        }
        if (first.isEmpty()) {
            long length = Math.min(Long.parseLong(last), bytes);
            return new ByteRange(bytes - length, length);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? bytes - 1 : Long.parseLong(last);
        if (!last.isEmpty() && to < from) {
            return null;
        }
        return from >= bytes ? new ByteRange(0, 0) : new ByteRange(from, Math.min(to, bytes - 1) - from + 1);
    }
}
