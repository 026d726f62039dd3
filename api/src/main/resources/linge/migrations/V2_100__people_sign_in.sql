-- Residents are known by phone; staff by user name, each bound to an area. Sessions live here and not in memory,
-- so that a restart signs nobody out and any node knows everybody.

CREATE TYPE role AS ENUM (
    'GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER',
    'DISPATCHER', 'SUPERVISOR', 'DEPARTMENT_OFFICER', 'ADMINISTRATOR');

CREATE TABLE residents (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    phone        text NOT NULL,
    name         text,
    home_address text,
    home_grid    text,
    created_at   timestamptz NOT NULL,
    CONSTRAINT one_resident_per_phone UNIQUE (phone),
    CONSTRAINT phones_are_mainland_mobiles CHECK (phone ~ '^1[3-9][0-9]{9}$')
);

CREATE TABLE staff (
    id            uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    username      text NOT NULL,
    name          text NOT NULL,
    role          role NOT NULL,
    area          text NOT NULL,
    department    text,
    phone         text,
    password_hash text NOT NULL,
    active        boolean NOT NULL DEFAULT true,
    demo          boolean NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL,
    CONSTRAINT areas_are_codes CHECK (area ~ '^[0-9]+$' AND length(area) IN (4, 6, 9, 12, 15)),
    CONSTRAINT grid_teams_stand_in_a_grid CHECK (
        (role IN ('GRID_ASSISTANT', 'GRID_WORKER', 'DEPUTY_LEADER', 'GRID_LEADER')) = (length(area) = 15)),
    CONSTRAINT officers_have_a_department CHECK ((role = 'DEPARTMENT_OFFICER') = (department IS NOT NULL))
);
CREATE UNIQUE INDEX one_account_per_username ON staff (lower(username));
CREATE INDEX staff_by_area ON staff (area, role) WHERE active;

CREATE TABLE sessions (
    token_hash   bytea PRIMARY KEY,
    resident_id  uuid REFERENCES residents,
    staff_id     uuid REFERENCES staff,
    csrf         text NOT NULL,
    created_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    CONSTRAINT a_session_is_one_persons CHECK (num_nonnulls(resident_id, staff_id) = 1)
);
CREATE INDEX sessions_of_residents ON sessions (resident_id) WHERE resident_id IS NOT NULL;
CREATE INDEX sessions_of_staff ON sessions (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX sessions_to_forget ON sessions (expires_at);

CREATE TABLE sms_codes (
    phone      text PRIMARY KEY,
    code_hash  bytea NOT NULL,
    sent_at    timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries_left int NOT NULL,
    CONSTRAINT tries_run_out CHECK (tries_left >= 0)
);

-- How often something was done within a window: the truth for codes and sign-in on every node.
CREATE TABLE rate_limits (
    key        text PRIMARY KEY,
    opened_at  timestamptz NOT NULL,
    ends_at    timestamptz NOT NULL,
    used       int NOT NULL
);
CREATE INDEX rate_limits_to_forget ON rate_limits (ends_at);
