package linge.http;

import io.vertx.core.Future;

/** Carries out one operation of the contract. */
@FunctionalInterface
public interface Operation {
    /** Takes, does, shows; a {@link linge.shared.Refusal} becomes problem+json, anything else a logged 500. */
    Future<Answer> answer(Call call);
}
