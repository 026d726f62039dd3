-- What Linge understood a case to be about, and what staff say it is about: lines to train by.
ALTER TYPE case_move ADD VALUE IF NOT EXISTS 'CORRECT' BEFORE 'CLIMB';

CREATE TABLE corrections (
    case_id      uuid        NOT NULL REFERENCES cases,
    seq          integer     NOT NULL,
    was          text,
    label        text        NOT NULL,
    corrected_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, seq),
    CONSTRAINT a_correction_changes_something CHECK (was IS DISTINCT FROM label)
);
CREATE INDEX corrections_by_time ON corrections (corrected_at);
