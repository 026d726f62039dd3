-- However often a case is suspended, it waits no longer in all than this; then a supervisor decides. Each area may set its own.
WITH added AS (
    INSERT INTO clock_changes (at, who, what, why) VALUES (now(), '随软件提供', 'RULE', '累计挂起的上限') RETURNING id
)
INSERT INTO clock_rules
    (change, profile, code, area, label, article, counts_from, amount, unit, day_end, pauses, max_extension, yellow)
SELECT id, '12345', 'SUSPENSION', '', '累计挂起不超过 30 个工作日', '12345 热线办理规则（默认）：一件诉求累计挂起 30 个工作日，再挂须督办员同意',
    '每次挂起到恢复，各次相加', 30, 'WORKING_DAYS', false, false, 0, 0 FROM added;
