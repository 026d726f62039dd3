package linge.webhooks;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;
import linge.shared.Names;
import org.jspecify.annotations.Nullable;

/**
 * Another system that brings us reports.
 *
 * @param code how it names itself with each request
 * @param resident who stands for it among the residents where a report has no phone
 * @param perHour how many requests it may make an hour
 * @param oldUntil how long its secret before is still good
 * @param reports how many it has brought, the last at {@code lastAt}
 */
record Source(
        long id,
        String code,
        String name,
        String area,
        UUID resident,
        int perHour,
        boolean active,
        @Nullable Instant oldUntil,
        long reports,
        @Nullable Instant lastAt,
        Instant createdAt,
        String createdBy) {

    /** As the contract's schema {@code Source}. */
    JsonObject toJson(Names names) {
        return new JsonObject()
                .put("id", id)
                .put("code", code)
                .put("name", name)
                .put("area", area)
                .put("areaName", names.area(area))
                .put("perHour", perHour)
                .put("active", active)
                .put("oldUntil", oldUntil == null ? null : oldUntil.toString())
                .put("reports", reports)
                .put("lastAt", lastAt == null ? null : lastAt.toString())
                .put("createdAt", createdAt.toString())
                .put("createdBy", createdBy);
    }
}
