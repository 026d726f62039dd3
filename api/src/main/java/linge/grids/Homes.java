package linge.grids;

import io.vertx.core.Future;
import java.util.Optional;
import linge.shared.Caller;

/** Where a caller lives. */
@FunctionalInterface
public interface Homes {
    /** Grid code of the caller's home; empty for staff, for nobody, and where none is saved. */
    Future<Optional<String>> homeOf(Caller caller);
}
