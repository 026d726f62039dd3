package linge.residents;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import linge.db.RateLimits;
import linge.db.Times;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Residents, known by phone: signed in by a code, with a name and a home if they like. */
public final class Residents {

    /** What a resident told about themselves. */
    public record Profile(
            UUID id,
            String phone,
            @Nullable String name,
            @Nullable String homeAddress,
            @Nullable String homeGrid) {}

    private static final String KNOW = """
            INSERT INTO residents (phone, created_at) VALUES ($1, $2)
            ON CONFLICT (phone) DO UPDATE SET phone = excluded.phone RETURNING id, phone, name""";
    private static final String FIND = "SELECT id, phone, name, home_address, home_grid FROM residents WHERE id = $1";
    private static final String RENAME = "UPDATE residents SET name = $2 WHERE id = $1";
    private static final String MOVE_HOME = "UPDATE residents SET home_address = $2, home_grid = $3 WHERE id = $1";

    private final Pool db;
    private final Clock clock;
    private final SmsCodes codes;

    /** @param sms carries a text to a phone within the transaction that needs it */
    public Residents(Pool db, Clock clock, RateLimits limits, Sms sms, boolean demo) {
        this.db = db;
        this.clock = clock;
        this.codes = new SmsCodes(db, limits, sms::send, clock, demo);
    }

    /** Carries a text to a phone within the transaction that needs it. */
    @FunctionalInterface
    public interface Sms {
        Future<Void> send(SqlConnection tx, String phone, String text);
    }

    /** Sends a sign-in code; {@code address} is where the wish came from, counted against floods. */
    public Future<Void> sendCode(String phone, String address) {
        return codes.send(phone, address);
    }

    /** Signs in by code; the first time makes the resident known. */
    public Future<Caller.Resident> signIn(String phone, String code) {
        return codes.use(phone, code).compose(ok -> known(phone));
    }

    /** The resident of a phone that was proved before, known from now on. */
    public Future<Caller.Resident> known(String phone) {
        return db.preparedQuery(KNOW)
                .execute(Tuple.of(phone, Times.at(clock.instant())))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Caller.Resident(row.getUUID("id"), row.getString("phone"), row.getString("name"));
                });
    }

    public Future<Profile> profile(UUID id) {
        return profile(db, id);
    }

    public Future<Profile> profile(SqlClient on, UUID id) {
        return on.preparedQuery(FIND).execute(Tuple.of(id)).map(rows -> {
            if (rows.size() == 0) {
                throw Refusal.notFound("您的资料");
            }
            Row row = rows.iterator().next();
            return new Profile(
                    row.getUUID("id"),
                    row.getString("phone"),
                    row.getString("name"),
                    row.getString("home_address"),
                    row.getString("home_grid"));
        });
    }

    /** Grid code of a caller's saved home; empty for staff, for nobody, and where none is saved. */
    public Future<Optional<String>> homeOf(Caller caller) {
        return caller instanceof Caller.Resident resident
                ? profile(resident.id()).map(profile -> Optional.ofNullable(profile.homeGrid()))
                : Future.succeededFuture(Optional.empty());
    }

    public Future<Void> rename(UUID id, @Nullable String name) {
        return db.preparedQuery(RENAME).execute(Tuple.of(id, name)).mapEmpty();
    }

    /** Keeps where a resident lives; nulls take it away. */
    public Future<Void> moveHome(UUID id, @Nullable String address, @Nullable String grid) {
        return db.preparedQuery(MOVE_HOME).execute(Tuple.of(id, address, grid)).mapEmpty();
    }
}
