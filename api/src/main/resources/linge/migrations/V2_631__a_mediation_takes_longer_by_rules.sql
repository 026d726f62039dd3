-- What waits for an appraisal still holds its case open.
DROP INDEX one_running_mediation_per_case;
CREATE UNIQUE INDEX one_running_mediation_per_case ON mediations (case_id)
    WHERE case_id IS NOT NULL AND state IN ('APPLIED', 'CONSENT', 'MEDIATING', 'PAUSED');

-- A month is what it takes as a rule; how much longer, and how long an appraisal may take, are rules like all others.
WITH added AS (
    INSERT INTO clock_changes (at, who, what, why) VALUES (now(), '随软件提供', 'RULE', '调解延期的上限和鉴定的期限') RETURNING id
)
INSERT INTO clock_rules
    (change, profile, code, area, label, article, counts_from, amount, unit, day_end, pauses, max_extension, yellow)
SELECT added.id, 'mediation', r.code, '', r.label, r.article, r.counts_from, r.amount, r.unit::clock_unit, true, r.pauses, r.extension, r.yellow
FROM added, (VALUES
    ('MEDIATION', '1 个月内调结', '人民调解工作若干规定第三十三条：调解纠纷一般在一个月内调结；各方同意可以延长，最多 30 日（默认）', '受理之日起',
        1, 'MONTHS', true, 30, 5),
    ('MEDIATION_APPRAISAL', '30 个工作日内完成鉴定', '司法鉴定程序通则第二十八条：三十个工作日内完成鉴定；其他检验、评估照此掌握（默认）', '委托鉴定、调解暂停之日起',
        30, 'WORKING_DAYS', false, 30, 5)
) AS r (code, label, article, counts_from, amount, unit, pauses, extension, yellow);
