-- Other systems bring us what people reported there, and alerts of their own. What came without a phone is filed for the
-- system itself, which stands among the residents without one: it is told by webhook and read back, never by SMS.
ALTER TABLE residents ALTER COLUMN phone DROP NOT NULL;
ALTER TABLE residents ADD COLUMN is_source boolean NOT NULL DEFAULT false;
ALTER TABLE residents ADD CONSTRAINT only_sources_have_no_phone CHECK ((phone IS NULL) = is_source);

CREATE TABLE report_sources (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- How it names itself with each request.
    code        text        NOT NULL,
    name        text        NOT NULL,
    area        text        NOT NULL,
    resident_id uuid        NOT NULL REFERENCES residents,
    per_hour    integer     NOT NULL,
    secret      bytea       NOT NULL,
    old_secret  bytea,
    old_until   timestamptz,
    active      boolean     NOT NULL DEFAULT true,
    created_at  timestamptz NOT NULL,
    created_by  text        NOT NULL,
    CONSTRAINT one_source_per_code UNIQUE (code),
    CONSTRAINT codes_are_plain CHECK (code ~ '^[a-z][a-z0-9-]{1,39}$'),
    CONSTRAINT sources_have_names CHECK (length(name) BETWEEN 1 AND 40),
    CONSTRAINT areas_are_digits CHECK (area ~ '^[0-9]{4,15}$'),
    CONSTRAINT some_an_hour CHECK (per_hour BETWEEN 1 AND 100000),
    CONSTRAINT an_old_secret_ends CHECK ((old_secret IS NULL) = (old_until IS NULL))
);

-- A report by the source's own number: the same number is the same case. The case is the one that was filed for this resident
-- with this key (cases.client_key), so nothing needs to be written twice, and what is refused leaves no case behind.
CREATE TABLE reports (
    source      bigint      NOT NULL REFERENCES report_sources,
    number      text        NOT NULL,
    resident_id uuid        NOT NULL REFERENCES residents,
    filing_key  text        NOT NULL,
    details     jsonb       NOT NULL,
    received_at timestamptz NOT NULL,
    -- Whoever files it now; others wait until it is done, or until the lease of a crashed node runs out.
    held_until  timestamptz,
    filed       boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (source, number),
    CONSTRAINT one_report_per_filing UNIQUE (resident_id, filing_key),
    CONSTRAINT numbers_are_bounded CHECK (length(number) BETWEEN 1 AND 64)
);

-- Ids of messages heard: heard again with other contents they are a forgery. Kept for longer than a signature is good.
CREATE TABLE report_messages (
    source bigint      NOT NULL REFERENCES report_sources,
    id     text        NOT NULL,
    hash   bytea       NOT NULL,
    at     timestamptz NOT NULL,
    PRIMARY KEY (source, id)
);
CREATE INDEX report_messages_by_age ON report_messages (at);
