package linge.cases;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Goes through histories line by line and finds what was changed, taken out or put in since it was written. */
public final class HistoryCheck {

    /** So many cases at once; a city's archive passes through little memory. */
    private static final int BATCH = 500;

    private static final String SOME = """
            SELECT id, number, version, history_head FROM cases
            WHERE id > $1 AND ($2::text IS NULL OR number = $2) ORDER BY id LIMIT\s""" + BATCH;

    private static final String LINES = "SELECT case_id, hash, " + CaseStore.LINE_COLUMNS
            + " FROM case_history WHERE case_id = ANY($1) ORDER BY case_id, seq";

    /**
     * Where a history is broken.
     *
     * @param seq number of the first line that does not fit; 0 is the filing
     * @param why in a few Chinese words
     */
    public record Broken(String number, int seq, String why) {}

    /** How many cases and lines were read, and what was wrong with them. */
    public record Found(long cases, long lines, List<Broken> broken) {}

    private record Head(
            String number, int version, @Nullable String seal) {}

    private record Kept(HistoryLine line, String hash) {}

    /**
     * Reads every case, or one; fails with {@code NOT_FOUND} when there is none of that number.
     *
     * @param number as typed, or null for all
     */
    public Future<Found> verify(SqlClient on, @Nullable String number) {
        String wanted = number == null ? null : CaseNumber.parse(number);
        return from(on, wanted, new UUID(0, 0), new Found(0, 0, List.of())).map(found -> {
            if (number != null && found.cases() == 0) {
                throw Refusal.notFound("这件诉求");
            }
            return found;
        });
    }

    private Future<Found> from(SqlClient on, @Nullable String number, UUID after, Found sofar) {
        return on.preparedQuery(SOME).execute(Tuple.of(after, number)).compose(rows -> {
            Map<UUID, Head> heads = new LinkedHashMap<>();
            UUID last = after;
            for (Row row : rows) {
                last = row.getUUID("id");
                heads.put(
                        last,
                        new Head(row.getString("number"), row.getInteger("version"), row.getString("history_head")));
            }
            if (heads.isEmpty()) {
                return Future.succeededFuture(sofar);
            }
            UUID next = last;
            return lines(on, heads.keySet().toArray(UUID[]::new)).compose(lines -> {
                List<Broken> broken = new ArrayList<>(sofar.broken());
                long count = sofar.lines();
                for (Map.Entry<UUID, Head> one : heads.entrySet()) {
                    List<Kept> kept = lines.getOrDefault(one.getKey(), List.of());
                    count += kept.size();
                    Broken fault = fault(one.getKey(), one.getValue(), kept);
                    if (fault != null) {
                        broken.add(fault);
                    }
                }
                Found found = new Found(sofar.cases() + heads.size(), count, List.copyOf(broken));
                return heads.size() < BATCH ? Future.succeededFuture(found) : from(on, number, next, found);
            });
        });
    }

    private static Future<Map<UUID, List<Kept>>> lines(SqlClient on, UUID[] ids) {
        return on.preparedQuery(LINES)
                .execute(Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> {
                    Map<UUID, List<Kept>> lines = new LinkedHashMap<>();
                    rows.forEach(row -> lines.computeIfAbsent(row.getUUID("case_id"), id -> new ArrayList<>())
                            .add(new Kept(CaseStore.lineOf(row), row.getString("hash"))));
                    return lines;
                });
    }

    private static @Nullable Broken fault(UUID id, Head head, List<Kept> kept) {
        String previous = null;
        int seq = 0;
        for (Kept one : kept) {
            HistoryLine line = one.line();
            if (line.seq() != seq) {
                return new Broken(head.number(), seq, "缺少这一行，或被挪走了");
            }
            if (!Seal.of(previous, id, line).equals(one.hash())) {
                return new Broken(head.number(), seq, "内容与封印不符，被改动过");
            }
            previous = one.hash();
            seq++;
        }
        if (!Objects.equals(previous, head.seal())) {
            return new Broken(head.number(), seq, "末尾少了行，或封印被换过");
        }
        return seq == head.version() + 1 ? null : new Broken(head.number(), seq, "行数与诉求的版本不符");
    }
}
