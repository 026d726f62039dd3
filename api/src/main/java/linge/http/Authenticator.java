package linge.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import linge.shared.Caller;

/** Tells who sent a request. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Nobody when the request carries no session or an ended one.
     *
     * @return fails with a {@code FORGED_FORM} refusal when a cookie session changes something without its CSRF token
     */
    Future<Caller> callerOf(RoutingContext ctx);
}
