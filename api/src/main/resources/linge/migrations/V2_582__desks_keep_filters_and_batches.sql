-- Filters a person saved, for that person or for everybody of the office.
CREATE TABLE saved_filters (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner_id   uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
    area       text NOT NULL,
    department text,
    name       text NOT NULL,
    filter     jsonb NOT NULL,
    shared     boolean NOT NULL,
    position   int NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT names_are_short CHECK (length(name) BETWEEN 1 AND 30)
);
CREATE UNIQUE INDEX one_filter_of_a_name ON saved_filters (owner_id, name);
CREATE INDEX filters_of_an_office ON saved_filters (area, department) WHERE shared;

-- One move on many cases. What became of each is kept: the same request again goes on where it stopped and does nothing twice.
CREATE TABLE case_batches (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id     uuid NOT NULL REFERENCES staff ON DELETE CASCADE,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    move         text NOT NULL,
    asked        int NOT NULL,
    at           timestamptz NOT NULL,
    CONSTRAINT one_batch_per_key UNIQUE (staff_id, key),
    CONSTRAINT batches_are_bounded CHECK (asked BETWEEN 1 AND 100)
);
CREATE INDEX case_batches_by_age ON case_batches (at);
CREATE TABLE case_batch_outcomes (
    batch_id bigint NOT NULL REFERENCES case_batches ON DELETE CASCADE,
    number   text NOT NULL,
    refused  text,
    detail   text,
    version  int,
    at       timestamptz NOT NULL,
    PRIMARY KEY (batch_id, number),
    CONSTRAINT a_refusal_says_why CHECK ((refused IS NULL) = (detail IS NULL))
);
