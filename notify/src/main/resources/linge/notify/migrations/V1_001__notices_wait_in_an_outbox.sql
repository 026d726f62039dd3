-- A notice is a row written in the transaction that causes it; each channel it goes over is a delivery with a life of
-- its own. Enum labels equal the Java names.
CREATE TYPE audience_kind AS ENUM ('RESIDENT', 'STAFF');
CREATE TYPE delivery_state AS ENUM ('PENDING', 'FAILED', 'SENT', 'PASSED_ON', 'PARKED', 'EXPIRED');

CREATE TABLE notices (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key           text          NOT NULL,
    template      text          NOT NULL,
    audience_kind audience_kind NOT NULL,
    audience      text          NOT NULL,
    phone         text,
    subject       text          NOT NULL,
    fields        jsonb         NOT NULL,
    urgent        boolean       NOT NULL,
    deadline      timestamptz,
    at            timestamptz   NOT NULL,
    CONSTRAINT one_key_is_one_notice UNIQUE (key),
    CONSTRAINT keys_are_short CHECK (length(key) BETWEEN 1 AND 200),
    CONSTRAINT an_audience_is_named CHECK (length(audience) BETWEEN 1 AND 64),
    CONSTRAINT phones_are_short CHECK (length(phone) BETWEEN 1 AND 32),
    CONSTRAINT fields_are_named CHECK (jsonb_typeof(fields) = 'object')
);

COMMENT ON TABLE notices IS
    'Kept until every delivery is settled and then 90 days (Keeping): holds a phone and words about a person.';

CREATE TABLE deliveries (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    notice        bigint         NOT NULL REFERENCES notices ON DELETE CASCADE,
    channel       text           NOT NULL,
    -- Who and how urgent are repeated from the notice, so that claiming reads one table and one index.
    audience_kind audience_kind  NOT NULL,
    audience      text           NOT NULL,
    urgent        boolean        NOT NULL,
    state         delivery_state NOT NULL DEFAULT 'PENDING',
    attempts      integer        NOT NULL DEFAULT 0,
    next_try_at   timestamptz    NOT NULL,
    lease_until   timestamptz,
    claimed_by    text,
    settled_at    timestamptz,
    receipt       text,
    reason        text,
    CONSTRAINT one_delivery_per_channel UNIQUE (notice, channel),
    CONSTRAINT channels_are_named CHECK (channel ~ '^[a-z][a-z0-9-]{0,31}$'),
    CONSTRAINT attempts_are_counted CHECK (attempts >= 0),
    CONSTRAINT a_lease_has_a_holder CHECK ((lease_until IS NULL) = (claimed_by IS NULL)),
    CONSTRAINT only_open_deliveries_are_leased CHECK (lease_until IS NULL OR state IN ('PENDING', 'FAILED')),
    CONSTRAINT settled_deliveries_say_when CHECK ((settled_at IS NULL) = (state IN ('PENDING', 'FAILED'))),
    CONSTRAINT what_did_not_arrive_says_why CHECK (state IN ('PENDING', 'SENT') OR reason IS NOT NULL)
);

-- Claiming walks this index from its start: urgent first, then what is due longest.
CREATE INDEX deliveries_to_claim ON deliveries (urgent DESC, next_try_at, id) WHERE state IN ('PENDING', 'FAILED');

-- Claiming also asks whether an earlier delivery to the same person over the same channel is still on its way.
CREATE INDEX deliveries_in_a_lane ON deliveries (channel, audience_kind, audience, id)
    WHERE state IN ('PENDING', 'FAILED');

-- The operator's parked list, newest first.
CREATE INDEX deliveries_parked ON deliveries (id DESC) WHERE state = 'PARKED';

-- Sweeping goes by age; rows lie on disk by age, so a few pages of index will do.
CREATE INDEX notices_by_age ON notices USING brin (at);
