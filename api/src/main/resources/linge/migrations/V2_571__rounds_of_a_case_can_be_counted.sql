-- What a history line does not say of its move: the deadline that stood afterwards, and the score that was given. Kept for good,
-- so that anyone may judge later whether a deadline was kept, by the deadline as it stood then. A row only where one changed.
CREATE TABLE case_readings (
    case_id  uuid NOT NULL REFERENCES cases,
    seq      int  NOT NULL,
    due_rule text,
    due_at   timestamptz,
    score    smallint,
    PRIMARY KEY (case_id, seq),
    CONSTRAINT a_deadline_has_its_rule CHECK ((due_rule IS NULL) = (due_at IS NULL)),
    CONSTRAINT scores_are_one_to_five CHECK (score BETWEEN 1 AND 5)
);
CREATE TRIGGER readings_only_grow BEFORE UPDATE OR TRUNCATE ON case_readings
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
CREATE TRIGGER only_made_up_readings_go BEFORE DELETE ON case_readings
    FOR EACH ROW EXECUTE FUNCTION only_made_up_history_goes();

-- A round: from filing, or from a reopening, until the resident is answered. Counted on the leader's board; made from history
-- and readings, and can be made again from them.
CREATE TABLE case_rounds (
    case_id     uuid        NOT NULL REFERENCES cases ON DELETE CASCADE,
    nth         int         NOT NULL,
    opened_seq  int         NOT NULL,
    opened_at   timestamptz NOT NULL,
    -- The deadline for accepting, and for answering, that decides: the first that was passed as it stood, else the last.
    accept_due  timestamptz,
    accepted_at timestamptz,
    due_at      timestamptz,
    closed_seq  int,
    closed_at   timestamptz,
    outcome     text,
    -- When the resident judged the answer: rated it, or had the matter reopened.
    verdict_at  timestamptz,
    satisfied   boolean,
    PRIMARY KEY (case_id, nth),
    CONSTRAINT a_round_ends_somehow CHECK (num_nonnulls(closed_seq, closed_at, outcome) IN (0, 3)),
    CONSTRAINT outcomes_are_known CHECK (outcome IN ('ANSWERED', 'DECLINED', 'WITHDRAWN')),
    CONSTRAINT a_verdict_has_its_time CHECK ((verdict_at IS NULL) = (satisfied IS NULL)),
    CONSTRAINT only_what_was_answered_is_judged CHECK (verdict_at IS NULL OR closed_at IS NOT NULL)
);
CREATE INDEX rounds_by_opening ON case_rounds (opened_at DESC, case_id);
-- The last moment of a round that any figure counts; an open round has none yet.
CREATE INDEX rounds_by_rest ON case_rounds ((greatest(closed_at, verdict_at)));
CREATE INDEX rounds_still_open ON case_rounds (opened_at) WHERE closed_at IS NULL;

CREATE INDEX case_history_marks ON case_history (at) WHERE move IN ('RETURN', 'SUPERVISE', 'WARN');

-- What is under way keeps its deadline, and what was rated its score; deadlines of before were not kept and are not judged.
INSERT INTO case_readings (case_id, seq, due_rule, due_at)
SELECT c.id, (SELECT max(seq) FROM case_history h WHERE h.case_id = c.id AND h.at <= c.clock_started_at), c.due_rule, c.due_at
FROM cases c WHERE c.due_at IS NOT NULL
  AND EXISTS (SELECT FROM case_history h WHERE h.case_id = c.id AND h.at <= c.clock_started_at);
INSERT INTO case_readings (case_id, seq, score)
SELECT c.id, h.seq, c.rating FROM cases c JOIN case_history h ON h.case_id = c.id AND h.move = 'RATE' AND h.at = c.rated_at
WHERE c.rating IS NOT NULL
ON CONFLICT DO NOTHING;
