package linge.residents;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
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
import linge.notify.Addresses;
import linge.notify.Audience;
import linge.shared.Caller;
import linge.shared.Refusal;
import org.jspecify.annotations.Nullable;

/** Residents, known by phone: signed in by a code, with a name and a home if they like. */
public final class Residents {

    /**
     * What a resident told about themselves.
     *
     * @param phone null for another system that stands among the residents
     */
    public record Profile(
            UUID id,
            @Nullable String phone,
            @Nullable String name,
            @Nullable String homeAddress,
            @Nullable String homeGrid) {}

    private static final String KNOW = """
            INSERT INTO residents (phone, created_at) VALUES ($1, $2)
            ON CONFLICT (phone) DO UPDATE SET phone = excluded.phone RETURNING id, phone, name""";
    private static final String STAND_IN = """
            INSERT INTO residents (phone, is_source, name, created_at) VALUES (NULL, true, $1, $2) RETURNING id""";
    private static final String FIND = "SELECT id, phone, name, home_address, home_grid FROM residents WHERE id = $1";
    private static final String RENAME = "UPDATE residents SET name = $2 WHERE id = $1";
    private static final String MOVE_HOME = "UPDATE residents SET home_address = $2, home_grid = $3 WHERE id = $1";

    private final Pool db;
    private final Clock clock;
    private final SmsCodes codes;
    private final Addresses addresses;

    /** @param sms carries codes to phones */
    public Residents(Pool db, Clock clock, RateLimits limits, Sms sms, boolean demo) {
        this.db = db;
        this.clock = clock;
        this.addresses = new Addresses(db, clock);
        this.codes = new SmsCodes(db, limits, sms, clock, demo);
    }

    /** Carries a sign-in code to a phone. */
    @FunctionalInterface
    public interface Sms {
        /** Done once a carrier took it; where none did, or nobody knows, fails with a {@code Refusal} for the resident. */
        Future<Void> send(String phone, String code);
    }

    /**
     * Sends a sign-in code; {@code address} is where the wish came from, counted against floods. Done once a carrier took it;
     * fails as {@link Sms#send} does.
     */
    public Future<Void> sendCode(String phone, String address) {
        return codes.send(phone, address);
    }

    /**
     * Signs in by code; the first time makes the resident known. The code came by SMS: whatever a carrier said of the number
     * before, it takes messages now.
     */
    public Future<Caller.Resident> signIn(String phone, String code) {
        return codes.check(phone, code)
                .compose(proof -> db.withTransaction(tx -> codes.useUp(tx, proof)
                        .compose(used -> known(tx, phone))
                        .compose(resident -> addresses
                                .keep(tx, audience(resident), Addresses.PHONE, phone, new JsonObject())
                                .map(resident))));
    }

    private static Audience audience(Caller.Resident resident) {
        return Audience.resident(resident.id().toString(), resident.phone());
    }

    /** The resident with this phone, known from now on if not before; that they may sign in takes a code all the same. */
    public Future<Caller.Resident> known(String phone) {
        return known(db, phone);
    }

    private Future<Caller.Resident> known(SqlClient on, String phone) {
        return on.preparedQuery(KNOW)
                .execute(Tuple.of(phone, Times.at(clock.instant())))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Caller.Resident(row.getUUID("id"), row.getString("phone"), row.getString("name"));
                });
    }

    /** Another system that files for itself stands among the residents: without a phone, so nobody signs in as it. */
    public Future<UUID> standIn(SqlConnection tx, String name) {
        return tx.preparedQuery(STAND_IN)
                .execute(Tuple.of(name, Times.at(clock.instant())))
                .map(rows -> rows.iterator().next().getUUID("id"));
    }

    public Future<Void> rename(SqlClient on, UUID id, @Nullable String name) {
        return on.preparedQuery(RENAME).execute(Tuple.of(id, name)).mapEmpty();
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
        return rename(db, id, name);
    }

    /** Keeps where a resident lives; nulls take it away. */
    public Future<Void> moveHome(UUID id, @Nullable String address, @Nullable String grid) {
        return db.preparedQuery(MOVE_HOME).execute(Tuple.of(id, address, grid)).mapEmpty();
    }
}
