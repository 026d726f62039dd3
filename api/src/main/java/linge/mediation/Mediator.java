package linge.mediation;

import org.jspecify.annotations.Nullable;

/** A people's mediator; {@code user} is their staff account, by which they see what they mediate. */
record Mediator(String name, @Nullable String user) {}
