-- What looked like gaming, once somebody has looked at it. Signals nobody has looked at are found in the log each time and stand
-- nowhere: a machine accuses nobody.
CREATE TABLE evaluation_signals (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    -- What makes it the same signal when it is found again.
    key        text        NOT NULL,
    kind       text        NOT NULL,
    staff_id   uuid        NOT NULL REFERENCES staff,
    area       text        NOT NULL,
    period     text        NOT NULL,
    at         timestamptz NOT NULL,
    reason     text        NOT NULL,
    -- The numbers of the cases it rests on, as they were when it was decided.
    cases      text[]      NOT NULL,
    confirmed  boolean     NOT NULL,
    words      text        NOT NULL,
    decided_by uuid        NOT NULL REFERENCES staff,
    decided_at timestamptz NOT NULL,
    CONSTRAINT a_signal_is_decided_once UNIQUE (key),
    CONSTRAINT signals_are_of_a_kind CHECK (kind IN ('CLOSE_REOPEN', 'RATING_BURST', 'EDGE', 'SPLITTING')),
    CONSTRAINT nobody_looks_at_their_own_signal CHECK (decided_by <> staff_id)
);
CREATE INDEX evaluation_signals_of_a_person ON evaluation_signals (staff_id, decided_at);
CREATE INDEX evaluation_signals_of_a_period ON evaluation_signals (period, area text_pattern_ops);
CREATE TRIGGER signals_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON evaluation_signals
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
