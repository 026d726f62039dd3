-- By which rules the work of grid teams is evaluated. A book is everything that counts in an area from when it was written; '' is
-- everywhere, a smaller area wins, the newest counts. inherits: as around it again. Nothing is overwritten. Points are hundredths.

CREATE TABLE evaluation_books (
    id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area       text        NOT NULL,
    inherits   boolean     NOT NULL DEFAULT false,
    at         timestamptz NOT NULL,
    staff_id   uuid REFERENCES staff,
    who        text        NOT NULL,
    why        text        NOT NULL,
    -- Whether people are put in order at all.
    ranking    boolean     NOT NULL,
    -- Whoever was on duty for a smaller part of the working days than this (percent) is not put in order.
    least_duty int         NOT NULL,
    -- What a quarter somebody was not ranked in counts at the end of the year.
    missing    text        NOT NULL,
    -- When something looks odd: numbers by name.
    thresholds jsonb       NOT NULL,
    CONSTRAINT books_are_of_everywhere_a_city_or_a_county CHECK (area ~ '^[0-9]*$' AND length(area) IN (0, 4, 6)),
    CONSTRAINT everywhere_has_nothing_to_inherit CHECK (NOT (inherits AND area = '')),
    CONSTRAINT least_duty_is_a_percentage CHECK (least_duty BETWEEN 0 AND 100),
    CONSTRAINT missing_quarters_are_left_out_or_nothing CHECK (missing IN ('LEFT_OUT', 'ZERO')),
    CONSTRAINT a_book_says_why CHECK (length(why) BETWEEN 1 AND 200)
);
CREATE INDEX evaluation_books_in_force ON evaluation_books (area, id DESC);

CREATE TABLE evaluation_rules (
    book_id bigint NOT NULL REFERENCES evaluation_books,
    counted text   NOT NULL,
    points  int    NOT NULL,
    -- No more than so much, either way, for a whole period on duty.
    cap     int,
    words   text   NOT NULL,
    PRIMARY KEY (book_id, counted),
    CONSTRAINT points_are_bounded CHECK (points BETWEEN -100000 AND 100000),
    CONSTRAINT caps_are_bounded CHECK (cap BETWEEN 0 AND 1000000),
    CONSTRAINT a_rule_has_words CHECK (length(words) BETWEEN 1 AND 200)
);

CREATE FUNCTION evaluation_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what people were measured by, and what came of it, is kept';
END $$;
CREATE TRIGGER books_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON evaluation_books
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER rules_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON evaluation_rules
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();

-- How long somebody may object to a published score: a rule among those of the clocks, so that each area may have its own.
INSERT INTO clock_changes (at, who, what, why) VALUES (now(), '随软件提供', 'RULE', '考核公示后的异议期');
INSERT INTO clock_profiles (code, label, position) VALUES ('evaluation', '考核', 7);
INSERT INTO clock_hours (profile, area, change, hours)
    SELECT 'evaluation', '', max(id), '{"usual": [{"from": "08:00", "to": "18:00"}], "seasons": []}' FROM clock_changes;
INSERT INTO clock_rules
    (change, profile, code, area, label, article, counts_from, amount, unit, day_end, pauses, max_extension, yellow)
    SELECT max(id), 'evaluation', 'EVALUATION_OBJECTION', '', '5 个工作日内提出异议', '考核办法（默认）：公示之日起 5 个工作日内可以提出异议',
        '公示之日起', 5, 'WORKING_DAYS'::clock_unit, true, false, 0, 1 FROM clock_changes;

-- Who answered each round: whoever resolved it, or else whoever reported back. One person, however many wrote.
CREATE VIEW evaluation_answers AS
SELECT h.actor_id AS staff_id, h.case_id, h.seq, h.at AS resolved_at, r.nth, r.opened_seq, r.opened_at, r.due_at, r.closed_seq, r.closed_at
FROM case_history h
JOIN case_rounds r ON r.case_id = h.case_id AND r.outcome = 'ANSWERED' AND h.seq > r.opened_seq AND h.seq <= r.closed_seq
WHERE h.actor_kind = 'STAFF' AND h.move IN ('RESOLVE', 'REPORT_BACK') AND NOT EXISTS (
    SELECT FROM case_history o
    WHERE o.case_id = h.case_id AND o.seq > r.opened_seq AND o.seq <= r.closed_seq AND o.actor_kind = 'STAFF'
      AND (o.move = 'RESOLVE' AND (h.move = 'REPORT_BACK' OR o.seq > h.seq)
        OR o.move = 'REPORT_BACK' AND h.move = 'REPORT_BACK' AND o.seq > h.seq));

-- The first score each of those answers was given.
CREATE VIEW evaluation_ratings AS
SELECT a.staff_id, a.case_id, a.closed_at, d.seq, d.score, d.at
FROM evaluation_answers a
JOIN LATERAL (
    SELECT g.seq, g.score, h.at FROM case_readings g JOIN case_history h ON h.case_id = g.case_id AND h.seq = g.seq
    WHERE g.case_id = a.case_id AND g.score IS NOT NULL AND g.seq > a.closed_seq AND h.move = 'RATE'
      AND g.seq < coalesce((SELECT n.opened_seq FROM case_rounds n WHERE n.case_id = a.case_id AND n.nth = a.nth + 1), 2147483647)
    ORDER BY g.seq LIMIT 1) d ON true;

CREATE INDEX case_history_cards ON case_history (at) WHERE move IN ('CAUTION', 'WARN', 'CLIMB');
