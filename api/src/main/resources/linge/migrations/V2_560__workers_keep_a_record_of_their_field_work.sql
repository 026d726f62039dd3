-- What grid teams do in the field: moves written without a network and sent later, visits, patrols and door-knock campaigns,
-- and what they found themselves.

-- A move asked for again is made once; which line it made, and what was asked, tell a resend from a key used twice.
ALTER TABLE case_move_keys ADD COLUMN seq integer, ADD COLUMN request_hash bytea;
CREATE INDEX case_move_keys_of_a_line ON case_move_keys (case_id, seq) WHERE seq IS NOT NULL;

-- A worker's ledger reads the moves of one person by day.
CREATE INDEX case_history_of_staff ON case_history (actor_id, at) WHERE actor_kind = 'STAFF';

-- Patrol finds are filed for the office itself, which stands among the residents as other systems do: without a phone, so
-- nobody signs in as it, is told by SMS, or rates its cases.
CREATE TABLE patrol_offices (
    area        text PRIMARY KEY,
    resident_id uuid NOT NULL REFERENCES residents,
    CONSTRAINT one_stand_in_per_office UNIQUE (resident_id),
    CONSTRAINT patrols_are_of_grids CHECK (area ~ '^[0-9]{15}$')
);

CREATE TABLE campaigns (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area       text        NOT NULL,
    title      text        NOT NULL,
    words      text,
    begins     date        NOT NULL,
    ends       date        NOT NULL,
    created_by uuid        NOT NULL REFERENCES staff,
    created_at timestamptz NOT NULL,
    ended_at   timestamptz,
    CONSTRAINT campaigns_are_of_areas CHECK (area ~ '^[0-9]+$' AND length(area) IN (4, 6, 9, 12, 15)),
    CONSTRAINT campaigns_have_titles CHECK (length(title) BETWEEN 2 AND 60),
    CONSTRAINT a_campaign_ends_after_it_begins CHECK (ends >= begins)
);
CREATE INDEX campaigns_of_an_area ON campaigns (area text_pattern_ops);

CREATE TYPE field_log_kind AS ENUM ('VISIT', 'PATROL', 'DOOR_KNOCK');

-- One visit, patrol or round of door-knocking: how many households and people, never who. Photos hang on its id as they hang on
-- a case's (media.case_id). An entry is never changed: who mistyped strikes it out, with the reason, and writes another.
CREATE TABLE field_logs (
    id          uuid PRIMARY KEY,
    staff_id    uuid           NOT NULL REFERENCES staff,
    client_key  text           NOT NULL,
    request_hash bytea         NOT NULL,
    kind        field_log_kind NOT NULL,
    campaign    bigint REFERENCES campaigns,
    about       text,
    area        text           NOT NULL,
    -- When it was done, by our clock: what the phone said, less by how much the phone was ahead of us when it sent it.
    at          timestamptz    NOT NULL,
    said_at     timestamptz    NOT NULL,
    phone_ahead bigint         NOT NULL,
    received_at timestamptz    NOT NULL,
    place       text,
    lon         double precision,
    lat         double precision,
    accuracy    double precision,
    households  integer        NOT NULL,
    absent      integer        NOT NULL,
    people      integer        NOT NULL,
    words       text,
    voided_at   timestamptz,
    void_reason text,
    CONSTRAINT one_log_per_client_key UNIQUE (staff_id, client_key),
    CONSTRAINT only_door_knocks_are_of_campaigns CHECK (campaign IS NULL OR kind = 'DOOR_KNOCK'),
    CONSTRAINT counts_are_counts CHECK (households BETWEEN 0 AND 9999 AND absent BETWEEN 0 AND 9999 AND people BETWEEN 0 AND 99999),
    CONSTRAINT a_log_says_something CHECK (households + absent + people > 0 OR words IS NOT NULL),
    CONSTRAINT a_log_is_not_of_the_future CHECK (at <= received_at),
    CONSTRAINT a_point_has_both_numbers CHECK ((lon IS NULL) = (lat IS NULL)),
    CONSTRAINT what_is_struck_out_says_why CHECK ((voided_at IS NULL) = (void_reason IS NULL))
);
CREATE INDEX field_logs_of_staff ON field_logs (staff_id, at DESC, id);
CREATE INDEX field_logs_of_an_area ON field_logs (area text_pattern_ops, at DESC, id);
CREATE INDEX field_logs_of_a_campaign ON field_logs (campaign, area) WHERE campaign IS NOT NULL AND voided_at IS NULL;

-- What a phone said about when and where a photo was taken or a move was written. The photo stays as it is; this stands beside
-- it, with whose clock it is. The first word counts.
CREATE TABLE field_stamps (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    staff_id    uuid        NOT NULL REFERENCES staff,
    media_id    uuid REFERENCES media ON DELETE CASCADE,
    move_key    text,
    said_at     timestamptz NOT NULL,
    phone_ahead bigint      NOT NULL,
    received_at timestamptz NOT NULL,
    lon         double precision,
    lat         double precision,
    accuracy    double precision,
    CONSTRAINT one_stamp_per_photo UNIQUE (media_id),
    CONSTRAINT one_stamp_per_move UNIQUE (move_key),
    CONSTRAINT a_stamp_is_on_one_thing CHECK (num_nonnulls(media_id, move_key) = 1),
    CONSTRAINT a_point_has_both_numbers CHECK ((lon IS NULL) = (lat IS NULL))
);

-- Who asked for a privacy number to call a resident, and on what matter. Neither number is kept.
CREATE TABLE field_calls (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  uuid        NOT NULL REFERENCES cases,
    staff_id uuid        NOT NULL REFERENCES staff,
    at       timestamptz NOT NULL,
    answered boolean     NOT NULL
);
CREATE INDEX field_calls_of_a_case ON field_calls (case_id, at);
CREATE TRIGGER calls_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON field_calls
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
