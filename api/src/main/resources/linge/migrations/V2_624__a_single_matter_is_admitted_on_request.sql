-- A department asks to hand one matter that is not on the list to one grid; the centre decides.
CREATE TABLE admission_requests (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id      uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    area         text NOT NULL,
    grid         text NOT NULL,
    department   text NOT NULL,
    why          text NOT NULL,
    asked_by     uuid NOT NULL REFERENCES staff,
    asked_name   text NOT NULL,
    asked_at     timestamptz NOT NULL,
    granted      boolean,
    reason       text,
    decided_by   uuid REFERENCES staff,
    decided_name text,
    decided_at   timestamptz,
    CONSTRAINT an_admission_says_who_and_why CHECK (
        (granted IS NULL) = (decided_by IS NULL) AND (granted IS NULL) = (decided_at IS NULL) AND (granted IS NULL) = (reason IS NULL)),
    CONSTRAINT nobody_admits_their_own CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
CREATE UNIQUE INDEX one_open_admission_for_a_case ON admission_requests (case_id, grid, department) WHERE granted IS NULL;
CREATE INDEX admission_requests_open ON admission_requests (area, id) WHERE granted IS NULL;
CREATE INDEX admission_requests_by_asker ON admission_requests (asked_by, id DESC);
