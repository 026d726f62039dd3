package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import linge.shared.Caller;

/** Says what a clock runs for; clocks themselves do not know. */
@FunctionalInterface
public interface Subjects {
    /** By id, as the contract's {@code ClockSubject}; what the asker may not see is left out, and its clock with it. */
    Future<Map<UUID, JsonObject>> shown(Caller.Staff who, List<UUID> ids);
}
