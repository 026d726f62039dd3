package linge.clocks;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import linge.shared.Caller;

/** Says what a clock runs for; clocks themselves do not know. */
@FunctionalInterface
public interface Subjects {

    /**
     * Which clocks a board is made of, for one person.
     *
     * @param without profiles whose clocks of the area are not theirs to see
     * @param besides subjects whose clocks they see wherever those belong; at most some hundreds
     */
    record Sight(Set<String> without, List<UUID> besides) {
        static final Sight OF_THE_AREA = new Sight(Set.of(), List.of());
    }

    /** By id, as the contract's {@code ClockSubject}; what the asker may not see is left out, and its clock with it. */
    Future<Map<UUID, JsonObject>> shown(Caller.Staff who, List<UUID> ids);

    /** What a board shows them beside, or less than, the clocks of their area: so that figures and pages count what is shown. */
    default Future<Sight> sight(Caller.Staff who) {
        return Future.succeededFuture(Sight.OF_THE_AREA);
    }

    /** These, and those of somebody else. */
    default Subjects and(Subjects others) {
        Subjects these = this;
        return new Subjects() {
            @Override
            public Future<Map<UUID, JsonObject>> shown(Caller.Staff who, List<UUID> ids) {
                return these.shown(who, ids)
                        .compose(found -> others.shown(
                                        who,
                                        ids.stream()
                                                .filter(id -> !found.containsKey(id))
                                                .toList())
                                .map(more -> {
                                    Map<UUID, JsonObject> all = new HashMap<>(found);
                                    all.putAll(more);
                                    return all;
                                }));
            }

            @Override
            public Future<Sight> sight(Caller.Staff who) {
                return these.sight(who)
                        .compose(first -> others.sight(who)
                                .map(second -> new Sight(
                                        Stream.concat(first.without().stream(), second.without().stream())
                                                .collect(Collectors.toUnmodifiableSet()),
                                        Stream.concat(first.besides().stream(), second.besides().stream())
                                                .toList())));
            }
        };
    }
}
