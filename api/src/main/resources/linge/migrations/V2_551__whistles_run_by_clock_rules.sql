-- Whistles had deadlines of their own; now each that waits for departments has a clock by the rule of its area. Its promise stays as it
-- was given: the clock begins with the whistle and is reckoned again only by what changes from now on. A meeting appointed for
-- later than the rule asks was agreed, and has no clock.
WITH waiting AS (
    SELECT w.case_id, c.area, w.rule, w.blown_at, w.due_at, r.id AS rule_row, r.yellow
    FROM whistles w JOIN cases c ON c.id = w.case_id
        JOIN LATERAL (SELECT id, yellow FROM clock_rules WHERE code = w.rule AND area = '' ORDER BY change LIMIT 1) r ON true
    WHERE w.state = 'CALLED' AND (w.meet_at IS NULL OR w.meet_at < w.due_at)
        AND NOT EXISTS (SELECT FROM case_clocks k WHERE k.subject = w.case_id AND k.rule = w.rule AND k.stopped_at IS NULL)
), begun AS (
    INSERT INTO case_clocks (subject, area, rule, rule_row, reckoned, started_at, due_at, yellow_at, next_at, events)
    SELECT case_id, area, rule, rule_row, (SELECT max(id) FROM clock_changes), blown_at, due_at,
        greatest(blown_at, due_at - make_interval(mins => yellow)), greatest(blown_at, due_at - make_interval(mins => yellow)), 1
    FROM waiting RETURNING id, started_at, due_at, rule_row
)
INSERT INTO clock_events (clock, seq, act, at, due_after, rule_row, why)
SELECT id, 1, 'START', started_at, due_at, rule_row, '改由期限规则管理' FROM begun;
