-- 中心吹哨、部门报到: a centre calls departments to a case. Each called department is a row with a deadline of its own; what
-- anybody does is a line that stays.
CREATE TYPE whistle_state AS ENUM ('CALLED', 'GATHERED', 'HANDLING', 'SIGNING', 'CLOSED');
CREATE TYPE whistle_call_state AS ENUM ('CALLED', 'LATE', 'REPORTED_IN', 'DONE', 'EXCUSED');
CREATE TYPE whistle_act AS ENUM (
    'BLOW', 'REPORT_IN', 'NOTE', 'CONCLUDE', 'COUNTERSIGN', 'EXCUSE', 'CLOSE', 'CALL_OFF', 'LATE', 'END');

CREATE TABLE whistles (
    id            uuid PRIMARY KEY,
    case_id       uuid        NOT NULL REFERENCES cases,
    client_key    text        NOT NULL,
    -- Who blows it, and the county at whose centre the departments have their officers.
    centre        text        NOT NULL,
    county        text        NOT NULL,
    emergency     boolean     NOT NULL,
    reason        text        NOT NULL,
    meet_place    text,
    meet_elsewhere boolean    NOT NULL,
    meet_lon      double precision,
    meet_lat      double precision,
    meet_at       timestamptz,
    -- The rule as it read then: a later one changes no promise.
    rule          text        NOT NULL,
    rule_label    text        NOT NULL,
    rule_article  text        NOT NULL,
    far_metres    int         NOT NULL,
    blown_at      timestamptz NOT NULL,
    due_at        timestamptz NOT NULL,
    blown_by      uuid        NOT NULL REFERENCES staff,
    blown_name    text        NOT NULL,
    blown_role    role        NOT NULL,

    state         whistle_state NOT NULL,
    version       int         NOT NULL,
    begun         boolean     NOT NULL,
    -- When the clock looks next.
    wake_at       timestamptz,
    conclusion    text,
    concluded_at  timestamptz,
    concluded_by  text,
    called_off    boolean,
    closing_words text,
    closed_at     timestamptz,
    closed_by     text,

    CONSTRAINT one_whistle_per_client_key UNIQUE (blown_by, client_key),
    CONSTRAINT towns_and_counties_whistle CHECK (centre ~ '^([0-9]{6}|[0-9]{9})$'),
    CONSTRAINT departments_come_from_the_county CHECK (county ~ '^[0-9]{6}$' AND starts_with(centre, county)),
    CONSTRAINT a_meeting_point_has_both_numbers CHECK ((meet_lon IS NULL) = (meet_lat IS NULL)),
    CONSTRAINT a_conclusion_has_its_author CHECK (num_nonnulls(conclusion, concluded_at, concluded_by) IN (0, 3)),
    CONSTRAINT only_the_concluded_is_signed CHECK (state <> 'SIGNING' OR conclusion IS NOT NULL),
    CONSTRAINT closed_by_somebody CHECK (
        (state = 'CLOSED') = (closed_at IS NOT NULL)
        AND (closed_at IS NULL) = (called_off IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
    CONSTRAINT what_is_not_called_off_was_concluded CHECK (called_off IS NULL OR called_off OR conclusion IS NOT NULL),
    CONSTRAINT closed_whistles_sleep CHECK (wake_at IS NULL OR state = 'CALLED')
);
CREATE UNIQUE INDEX one_open_whistle_per_case ON whistles (case_id) WHERE state <> 'CLOSED';
CREATE INDEX whistles_of_a_case ON whistles (case_id, blown_at);
CREATE INDEX open_whistles_of_a_county ON whistles (county, due_at, id) WHERE state <> 'CLOSED';
CREATE INDEX closed_whistles_of_a_county ON whistles (county, closed_at DESC, id DESC) WHERE state = 'CLOSED';
CREATE INDEX whistles_the_clock_looks_at ON whistles (wake_at) WHERE wake_at IS NOT NULL;

CREATE TABLE whistle_calls (
    whistle_id   uuid        NOT NULL REFERENCES whistles,
    department   text        NOT NULL,
    lead         boolean     NOT NULL,
    state        whistle_call_state NOT NULL,
    due_at       timestamptz NOT NULL,
    late_at      timestamptz,

    reported_at  timestamptz,
    reported_by  uuid REFERENCES staff,
    reported_name text,
    report_key   text,
    -- The line of the case's history, where the photos are.
    report_seq   int,
    people       text[],
    lon          double precision,
    lat          double precision,
    crs          text,
    accuracy     double precision,
    distance     int,
    standing     text,

    agreed       boolean,
    opinion      text,
    signed_at    timestamptz,
    signed_name  text,

    excused_for  text,
    excused_at   timestamptz,
    excused_name text,

    PRIMARY KEY (whistle_id, department),
    CONSTRAINT who_is_there_reported_in CHECK (state NOT IN ('REPORTED_IN', 'DONE') OR reported_at IS NOT NULL),
    CONSTRAINT who_is_awaited_did_not CHECK (state NOT IN ('CALLED', 'LATE') OR reported_at IS NULL),
    CONSTRAINT who_is_late_was_found_so CHECK (state <> 'LATE' OR late_at IS NOT NULL),
    CONSTRAINT a_report_is_whole CHECK (
        num_nonnulls(reported_at, reported_by, reported_name, report_key, report_seq, people, standing) IN (0, 7)),
    CONSTRAINT a_place_is_whole CHECK (num_nonnulls(lon, lat, crs, accuracy) IN (0, 4)),
    CONSTRAINT standings_are_known CHECK (standing IN ('HERE', 'FAR', 'UNKNOWN')),
    CONSTRAINT dissent_has_its_reason CHECK (agreed IS NOT FALSE OR opinion IS NOT NULL),
    CONSTRAINT a_signature_is_whole CHECK (num_nonnulls(agreed, signed_at, signed_name) IN (0, 3)),
    CONSTRAINT the_lead_writes_and_signs_nothing CHECK (NOT lead OR signed_at IS NULL),
    CONSTRAINT the_lead_cannot_be_spared CHECK (NOT lead OR state <> 'EXCUSED'),
    CONSTRAINT an_excuse_is_whole CHECK (
        (state = 'EXCUSED') = (excused_at IS NOT NULL) AND num_nonnulls(excused_for, excused_at, excused_name) IN (0, 3))
);
CREATE UNIQUE INDEX one_lead_per_whistle ON whistle_calls (whistle_id) WHERE lead;
CREATE INDEX whistle_calls_of_a_department ON whistle_calls (department, whistle_id);

CREATE TABLE whistle_lines (
    whistle_id uuid        NOT NULL REFERENCES whistles,
    seq        int         NOT NULL,
    act        whistle_act NOT NULL,
    at         timestamptz NOT NULL,
    staff_id   uuid,
    staff_name text,
    staff_role role,
    staff_area text,
    -- Of whom it tells, or whose officer did it.
    department text,
    words      text,
    -- A line sent again by a phone is one line.
    client_key text,
    PRIMARY KEY (whistle_id, seq),
    CONSTRAINT only_the_clock_is_nobody CHECK (
        (act IN ('LATE', 'END')) = (staff_id IS NULL) AND num_nonnulls(staff_id, staff_name, staff_role, staff_area) IN (0, 4))
);
CREATE UNIQUE INDEX one_line_per_client_key ON whistle_lines (whistle_id, staff_id, client_key) WHERE client_key IS NOT NULL;

CREATE FUNCTION whistle_lines_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was done at a whistle stays';
END $$;
CREATE TRIGGER whistle_lines_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON whistle_lines
    FOR EACH STATEMENT EXECUTE FUNCTION whistle_lines_only_grow();
