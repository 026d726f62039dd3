package linge.media;

import io.vertx.core.Future;
import java.util.UUID;
import linge.shared.Caller;

/** Tells who may see a case, and so its photos and videos. */
@FunctionalInterface
public interface MediaAccess {
    Future<Boolean> maySee(Caller caller, UUID caseId);
}
