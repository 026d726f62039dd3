-- A case is what was filed (never changes) and how it stands (changes with every move, by an optimistic version).
-- Its history only grows.

CREATE TYPE case_state AS ENUM (
    'SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE TYPE case_move AS ENUM (
    'FILE', 'ACCEPT', 'DECLINE', 'DISPATCH', 'RETURN', 'ESCALATE', 'HANDLE', 'NOTE', 'REPORT_BACK', 'SUPERVISE',
    'RATE', 'REOPEN', 'WITHDRAW', 'SUPPLEMENT', 'URGE', 'CLIMB', 'WARN', 'ARCHIVE');
CREATE TYPE case_urgency AS ENUM ('NORMAL', 'URGENT', 'EMERGENCY');
CREATE TYPE case_privacy AS ENUM ('NAMED', 'CONFIDENTIAL', 'ANONYMOUS');
CREATE TYPE actor_kind AS ENUM ('RESIDENT', 'STAFF', 'CLOCK');

-- Five digits of the number; over a hundred thousand a day it comes round, and the number's uniqueness finds the next.
CREATE SEQUENCE case_numbers MINVALUE 1 MAXVALUE 99999 CYCLE;

CREATE TABLE cases (
    id                uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    number            text NOT NULL,
    resident_id       uuid NOT NULL REFERENCES residents,
    client_key        text NOT NULL,
    request_hash      bytea NOT NULL,
    text              text NOT NULL,
    category          text,
    department        text,
    urgency           case_urgency NOT NULL,
    hotline           text,
    area              text NOT NULL,
    grid              jsonb,
    address           text,
    lon               double precision,
    lat               double precision,
    privacy           case_privacy NOT NULL,
    filed_at          timestamptz NOT NULL,

    state             case_state NOT NULL,
    version           int NOT NULL,
    holder_area       text NOT NULL,
    holder_department text,
    supervised        boolean NOT NULL,
    urges             int NOT NULL,
    due_rule          text,
    clock_started_at  timestamptz,
    due_at            timestamptz,
    wake_at           timestamptz,
    answer            text,
    rating            smallint,
    rating_words      text,
    rated_at          timestamptz,
    updated_at        timestamptz NOT NULL,

    CONSTRAINT one_case_per_number UNIQUE (number),
    CONSTRAINT one_case_per_client_key UNIQUE (resident_id, client_key),
    CONSTRAINT numbers_are_twelve_digits CHECK (number ~ '^[0-9]{12}$'),
    CONSTRAINT only_open_cases_are_due CHECK (
        due_at IS NULL OR state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING')),
    CONSTRAINT a_deadline_has_its_rule CHECK (num_nonnulls(due_rule, clock_started_at, due_at) IN (0, 3)),
    CONSTRAINT ratings_are_one_to_five CHECK (rating BETWEEN 1 AND 5),
    CONSTRAINT a_rating_has_its_time CHECK ((rating IS NULL) = (rated_at IS NULL)),
    CONSTRAINT a_point_has_both_numbers CHECK ((lon IS NULL) = (lat IS NULL)),
    CONSTRAINT ended_cases_sleep CHECK (
        wake_at IS NULL OR state NOT IN ('ARCHIVED', 'DECLINED', 'WITHDRAWN'))
);
CREATE INDEX cases_of_a_resident ON cases (resident_id, filed_at DESC, id);
CREATE INDEX cases_on_a_desk ON cases (holder_area, holder_department, due_at)
    WHERE state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING');
CREATE INDEX cases_of_an_area ON cases (area text_pattern_ops, filed_at DESC);
CREATE INDEX cases_the_clock_looks_at ON cases (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE case_history (
    case_id           uuid NOT NULL REFERENCES cases,
    seq               int NOT NULL,
    move              case_move NOT NULL,
    from_state        case_state,
    to_state          case_state NOT NULL,
    at                timestamptz NOT NULL,
    actor_kind        actor_kind NOT NULL,
    actor_id          uuid,
    actor_name        text,
    actor_role        role,
    actor_area        text,
    words             text,
    holder_area       text NOT NULL,
    holder_department text,
    PRIMARY KEY (case_id, seq),
    CONSTRAINT only_filing_comes_from_nowhere CHECK ((from_state IS NULL) = (move = 'FILE')),
    CONSTRAINT the_clock_is_nobody CHECK ((actor_kind = 'CLOCK') = (actor_id IS NULL))
);

CREATE FUNCTION history_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history of a case only grows';
END $$;
CREATE TRIGGER history_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON case_history
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();

-- Who looked at a resident's identity, when, and what for.
CREATE TABLE identity_reveals (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  uuid NOT NULL REFERENCES cases,
    staff_id uuid NOT NULL REFERENCES staff,
    purpose  text NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX identity_reveals_of_a_case ON identity_reveals (case_id, at);
CREATE TRIGGER reveals_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON identity_reveals
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
