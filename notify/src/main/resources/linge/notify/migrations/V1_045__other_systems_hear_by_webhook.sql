-- Other systems hear what happens as CloudEvents. What goes to one of them waits in a line of its own: the row of the
-- webhook holds the lease, the tries and the wait, so that one is sent after the other and never two at once.
CREATE TABLE webhooks (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text        NOT NULL,
    url           text        NOT NULL,
    -- Empty: every type.
    types         text[]      NOT NULL,
    -- Hears of what happens in this area and those below it: the beginning of their codes.
    area          text        NOT NULL,
    -- Hears only of what came from there, and of that a little more; null hears of everything.
    origin        text,
    secret        bytea       NOT NULL,
    old_secret    bytea,
    old_until     timestamptz,
    active        boolean     NOT NULL DEFAULT true,
    off_because   text,
    failures      integer     NOT NULL DEFAULT 0,
    failing_since timestamptz,
    next_try_at   timestamptz NOT NULL,
    delivered_at  timestamptz,
    lease_until   timestamptz,
    claimed_by    text,
    claims        bigint      NOT NULL DEFAULT 0,
    created_at    timestamptz NOT NULL,
    created_by    text        NOT NULL,
    CONSTRAINT webhooks_have_names CHECK (length(name) BETWEEN 1 AND 60),
    CONSTRAINT urls_are_bounded CHECK (length(url) BETWEEN 8 AND 500),
    CONSTRAINT types_are_few CHECK (cardinality(types) <= 50),
    CONSTRAINT areas_are_digits CHECK (area ~ '^[0-9]{4,15}$'),
    CONSTRAINT an_old_secret_ends CHECK ((old_secret IS NULL) = (old_until IS NULL)),
    CONSTRAINT what_is_off_says_why CHECK (active = (off_because IS NULL)),
    CONSTRAINT failing_has_a_beginning CHECK ((failures > 0) = (failing_since IS NOT NULL)),
    CONSTRAINT a_lease_has_a_holder CHECK ((lease_until IS NULL) = (claimed_by IS NULL))
);
COMMENT ON COLUMN webhooks.secret IS 'Sealed with the service''s key; the database alone signs nothing.';

CREATE TABLE webhook_events (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text        NOT NULL,
    type        text        NOT NULL,
    subject     text        NOT NULL,
    area        text        NOT NULL,
    origin      text,
    data        jsonb       NOT NULL,
    -- What besides is only for the origin.
    origin_data jsonb       NOT NULL,
    at          timestamptz NOT NULL,
    CONSTRAINT one_id_is_one_event UNIQUE (id),
    CONSTRAINT data_are_named CHECK (jsonb_typeof(data) = 'object' AND jsonb_typeof(origin_data) = 'object')
);
CREATE INDEX webhook_events_by_age ON webhook_events USING brin (at);

CREATE TYPE webhook_delivery_state AS ENUM ('PENDING', 'SENT', 'REFUSED', 'SKIPPED');

CREATE TABLE webhook_deliveries (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event      bigint                 NOT NULL REFERENCES webhook_events ON DELETE CASCADE,
    webhook    bigint                 NOT NULL REFERENCES webhooks,
    state      webhook_delivery_state NOT NULL DEFAULT 'PENDING',
    attempts   integer                NOT NULL DEFAULT 0,
    -- Of the last try: how it was answered, or what stood in the way, and how long it took.
    status     integer,
    problem    text,
    millis     integer,
    tried_at   timestamptz,
    settled_at timestamptz,
    CONSTRAINT one_delivery_per_webhook UNIQUE (event, webhook),
    CONSTRAINT settled_deliveries_say_when CHECK ((settled_at IS NULL) = (state = 'PENDING')),
    CONSTRAINT what_was_refused_says_why CHECK (state <> 'REFUSED' OR problem IS NOT NULL)
);
CREATE INDEX webhook_deliveries_in_line ON webhook_deliveries (webhook, id) WHERE state = 'PENDING';
CREATE INDEX webhook_deliveries_of_one ON webhook_deliveries (webhook, id DESC);
