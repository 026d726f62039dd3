-- How long each of the five hand-overs may take, and until when the committee says whether it takes a dispute.
INSERT INTO clock_rules
    (change, profile, code, area, label, article, counts_from, amount, unit, day_end, pauses, max_extension, yellow)
SELECT 1, 'mediation', r.code, '', r.label, r.article, r.counts_from, r.amount, r.unit::clock_unit, true, r.pauses, r.extension, r.yellow
FROM (VALUES
    ('MEDIATION_ACCEPTANCE', '3 个工作日内答复是否受理', '人民调解受理规则（默认）：收到申请或移交 3 个工作日内答复', '收到申请或移交之日起', 3, 'WORKING_DAYS', false, 0, 1),
    ('MEDIATION_POLICE', '15 日内调结（警调）', '警调对接规则（默认）：公安机关移交的纠纷 15 日内调结并回告', '受理之日起', 15, 'DAYS', true, 15, 3),
    ('MEDIATION_COURT', '30 日内调结（诉调）', '最高人民法院关于人民法院特邀调解的规定第二十七条：委派调解期限为 30 日，双方同意可以延长', '受理之日起', 30, 'DAYS', true, 30, 5),
    ('MEDIATION_PROCURATORATE', '30 日内调结（检调）', '检调对接规则（默认）：检察机关移交的纠纷 30 日内调结并回告', '受理之日起', 30, 'DAYS', true, 15, 5),
    ('MEDIATION_PETITION', '30 日内调结（访调）', '访调对接规则（默认）：信访事项转入调解的 30 日内调结，在信访 60 日办理期内', '受理之日起', 30, 'DAYS', true, 0, 5),
    ('MEDIATION_ADMINISTRATION', '30 日内调结（政调）', '政调对接规则（默认）：行政机关移交的纠纷 30 日内调结并回告', '受理之日起', 30, 'DAYS', true, 15, 5)
) AS r (code, label, article, counts_from, amount, unit, pauses, extension, yellow);
