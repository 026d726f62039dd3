-- 人民调解: a dispute, its parties, what is done about it, what they agreed on. Names and phones of parties stand in a table of
-- their own: whoever reads them says what for.
CREATE TYPE mediation_kind AS ENUM (
    'FAMILY', 'NEIGHBOURS', 'PROPERTY', 'LABOUR', 'TRAFFIC', 'MEDICAL', 'LAND', 'CONSUMER', 'OTHER');
CREATE TYPE mediation_source AS ENUM (
    'RESIDENT', 'DESK', 'PROCURATORATE', 'COURT', 'POLICE', 'PETITION', 'ADMINISTRATION');
CREATE TYPE mediation_state AS ENUM (
    'APPLIED', 'CONSENT', 'MEDIATING', 'AGREED', 'CLOSED', 'FAILED', 'WITHDRAWN', 'REFUSED');
CREATE TYPE mediation_act AS ENUM (
    'OPEN', 'ACCEPT', 'REFUSE', 'ASSIGN', 'SAY_WILL', 'RECUSE', 'PLAN', 'RECORD', 'AGREE', 'FAIL', 'WITHDRAW', 'CONFIRM_APPLY',
    'CONFIRM_DECLINE', 'CONFIRM_RESULT', 'CONFIRM_LAPSE', 'PERFORM', 'CLOSE', 'NOTE', 'REMIND');
CREATE TYPE mediation_confirmation AS ENUM ('NONE', 'OPEN', 'APPLIED', 'CONFIRMED', 'REFUSED', 'DECLINED', 'LAPSED');

CREATE TABLE mediation_committees (
    id         uuid    PRIMARY KEY DEFAULT gen_random_uuid(),
    version    int     NOT NULL DEFAULT 0,
    name       text    NOT NULL,
    area       text    NOT NULL,
    -- Empty: every kind.
    kinds      mediation_kind[] NOT NULL DEFAULT '{}',
    phone      text,
    address    text,
    -- [{"name", "user"}]; user: their staff account, or null.
    mediators  jsonb   NOT NULL DEFAULT '[]',
    active     boolean NOT NULL DEFAULT true,
    CONSTRAINT committees_have_an_area CHECK (area ~ '^[0-9]{4,15}$'),
    CONSTRAINT committees_have_a_name CHECK (length(name) BETWEEN 2 AND 60),
    CONSTRAINT committees_are_bounded CHECK (pg_column_size(mediators) < 20000),
    CONSTRAINT one_committee_of_a_name UNIQUE (area, name)
);

CREATE SEQUENCE mediation_numbers;

CREATE TABLE mediations (
    id           uuid PRIMARY KEY,
    number       text        NOT NULL UNIQUE,
    area         text        NOT NULL,
    kind         mediation_kind   NOT NULL,
    source       mediation_source NOT NULL,
    case_id      uuid        REFERENCES cases,
    -- The department whose officer handed it over.
    department   text,
    facts        text        NOT NULL,
    wish         text,
    opened_at    timestamptz NOT NULL,
    -- A resident or a staff member; the same key twice opens one.
    opened_by    uuid        NOT NULL,
    client_key   text        NOT NULL,

    state        mediation_state NOT NULL,
    version      int         NOT NULL,
    committee    uuid        REFERENCES mediation_committees,
    mediators    jsonb       NOT NULL DEFAULT '[]',
    sessions     jsonb       NOT NULL DEFAULT '[]',
    agreement    jsonb,
    confirmation mediation_confirmation NOT NULL,
    confirm_by   timestamptz,
    ended_at     timestamptz,
    ending       text,
    -- The nearest deadline that runs, with its rule: lists go by it.
    due_at       timestamptz,
    due_rule     text,
    -- What was reminded of already, and when the clock looks next.
    reminded     text[]      NOT NULL DEFAULT '{}',
    wake_at      timestamptz,

    CONSTRAINT one_mediation_per_client_key UNIQUE (opened_by, client_key),
    CONSTRAINT mediations_lie_somewhere CHECK (area ~ '^[0-9]{6,15}$'),
    CONSTRAINT what_is_agreed_is_written CHECK (state NOT IN ('AGREED', 'CLOSED') OR agreement IS NOT NULL),
    CONSTRAINT only_agreements_are_confirmed CHECK (confirmation = 'NONE' OR state IN ('AGREED', 'CLOSED')),
    CONSTRAINT what_may_be_confirmed_has_its_day CHECK (confirmation = 'NONE' OR confirm_by IS NOT NULL),
    CONSTRAINT ended_mediations_say_when CHECK (
        (state IN ('CLOSED', 'FAILED', 'WITHDRAWN', 'REFUSED')) = (ended_at IS NOT NULL)),
    CONSTRAINT ended_mediations_sleep CHECK (ended_at IS NULL OR (wake_at IS NULL AND due_at IS NULL)),
    CONSTRAINT mediations_are_bounded CHECK (
        pg_column_size(sessions) < 400000 AND pg_column_size(agreement) < 100000)
);
CREATE INDEX open_mediations ON mediations (area text_pattern_ops, due_at, id) WHERE ended_at IS NULL;
CREATE INDEX ended_mediations ON mediations (area text_pattern_ops, ended_at DESC, id DESC) WHERE ended_at IS NOT NULL;
CREATE INDEX mediations_of_a_case ON mediations (case_id) WHERE case_id IS NOT NULL;
CREATE UNIQUE INDEX one_running_mediation_per_case ON mediations (case_id)
    WHERE case_id IS NOT NULL AND state IN ('APPLIED', 'CONSENT', 'MEDIATING');
CREATE INDEX mediations_the_clock_looks_at ON mediations (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE mediation_parties (
    id           uuid    PRIMARY KEY,
    mediation_id uuid    NOT NULL REFERENCES mediations,
    position     int     NOT NULL,
    applies      boolean NOT NULL,
    name         text    NOT NULL,
    phone        text,
    address      text,
    resident     uuid    REFERENCES residents,
    consent      boolean,
    consent_at   timestamptz,
    signed_on    date,
    CONSTRAINT parties_have_a_name CHECK (length(name) BETWEEN 1 AND 60),
    CONSTRAINT a_consent_has_its_time CHECK ((consent IS NULL) = (consent_at IS NULL)),
    CONSTRAINT one_party_a_position UNIQUE (mediation_id, position)
);
CREATE INDEX mediations_of_a_resident ON mediation_parties (resident) WHERE resident IS NOT NULL;

CREATE TABLE mediation_lines (
    mediation_id uuid NOT NULL REFERENCES mediations,
    seq          int  NOT NULL,
    act          mediation_act NOT NULL,
    at           timestamptz NOT NULL,
    -- Null: the clock. A party's name is not kept here.
    by_id        uuid,
    by_name      text,
    by_role      text,
    words        text,
    PRIMARY KEY (mediation_id, seq),
    CONSTRAINT only_the_clock_is_nobody_here CHECK ((act IN ('REMIND', 'CONFIRM_LAPSE')) = (by_id IS NULL))
);
CREATE FUNCTION mediation_lines_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was done at a mediation stays';
END $$;
CREATE TRIGGER mediation_lines_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON mediation_lines
    FOR EACH STATEMENT EXECUTE FUNCTION mediation_lines_only_grow();
