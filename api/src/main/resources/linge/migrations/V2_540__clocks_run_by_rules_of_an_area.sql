-- How long things may take: working days, service hours and rules, each with all its versions, and the clocks that run by them.
-- A clock runs for a subject; what that is, is not known here. Nothing is overwritten: what a clock said before stands in its events.

CREATE TYPE clock_unit AS ENUM ('MINUTES', 'HOURS', 'SERVICE_HOURS', 'DAYS', 'WORKING_DAYS', 'MONTHS');
CREATE TYPE clock_change AS ENUM ('CALENDAR', 'RULE', 'HOURS');
CREATE TYPE clock_outcome AS ENUM ('MET', 'MISSED', 'CANCELLED');
CREATE TYPE clock_act AS ENUM (
    'START', 'PAUSE', 'RESUME', 'EXTEND', 'RECKON', 'MOVE', 'YELLOW', 'RED', 'STOP', 'CANCEL');

CREATE FUNCTION clocks_keep_what_was() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was set or happened before is kept';
END $$;

-- Every change, one after the other (they take a lock): a clock knows up to which it has been reckoned.
CREATE TABLE clock_changes (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz  NOT NULL,
    staff_id uuid,
    who      text         NOT NULL,
    what     clock_change NOT NULL,
    why      text         NOT NULL,
    CONSTRAINT a_change_says_why CHECK (length(why) BETWEEN 1 AND 200)
);
CREATE TRIGGER changes_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_changes
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_keep_what_was();

-- What a year's notice says: days as [{"date", "works", "name"}]. The newest counts.
CREATE TABLE calendar_notices (
    year   int    NOT NULL,
    change bigint NOT NULL REFERENCES clock_changes,
    number text   NOT NULL,
    days   jsonb  NOT NULL,
    PRIMARY KEY (year, change),
    CONSTRAINT years_of_this_century CHECK (year BETWEEN 2000 AND 2099)
);
CREATE TRIGGER notices_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON calendar_notices
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_keep_what_was();

CREATE TABLE clock_profiles (
    code     text PRIMARY KEY,
    label    text NOT NULL,
    position int  NOT NULL
);

-- Service hours of a profile in an area; '' is everywhere, a smaller area wins, the newest counts. NULL: as around it again.
CREATE TABLE clock_hours (
    profile text   NOT NULL REFERENCES clock_profiles,
    area    text   NOT NULL,
    change  bigint NOT NULL REFERENCES clock_changes,
    hours   jsonb,
    PRIMARY KEY (profile, area, change)
);
CREATE TRIGGER hours_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_hours
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_keep_what_was();

-- The same for rules; inherits: as around it again.
CREATE TABLE clock_rules (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    change        bigint     NOT NULL REFERENCES clock_changes,
    code          text       NOT NULL,
    area          text       NOT NULL,
    inherits      boolean    NOT NULL DEFAULT false,
    profile       text       NOT NULL REFERENCES clock_profiles,
    label         text       NOT NULL,
    article       text       NOT NULL,
    counts_from   text       NOT NULL,
    amount        int        NOT NULL,
    unit          clock_unit NOT NULL,
    day_end       boolean    NOT NULL,
    pauses        boolean    NOT NULL,
    max_extension int        NOT NULL,
    yellow        int        NOT NULL,
    CONSTRAINT one_version_a_change UNIQUE (code, area, change),
    CONSTRAINT rules_have_a_length CHECK (amount BETWEEN 1 AND 1000),
    CONSTRAINT extensions_are_bounded CHECK (max_extension BETWEEN 0 AND 1000),
    CONSTRAINT yellow_comes_before CHECK (yellow BETWEEN 0 AND 100000),
    CONSTRAINT areas_are_digits_or_all CHECK (area ~ '^[0-9]*$')
);
CREATE TRIGGER rules_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_rules
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_keep_what_was();

CREATE TABLE case_clocks (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    subject      uuid        NOT NULL,
    area         text        NOT NULL,
    rule         text        NOT NULL,
    -- The version it was reckoned by last, and the last change known then.
    rule_row     bigint      NOT NULL REFERENCES clock_rules,
    reckoned     bigint      NOT NULL,
    started_at   timestamptz NOT NULL,
    extended     int         NOT NULL DEFAULT 0,
    -- Where it stood still: [[from, to], …], milliseconds.
    pauses       jsonb       NOT NULL DEFAULT '[]',
    paused_at    timestamptz,
    due_at       timestamptz NOT NULL,
    yellow_at    timestamptz,
    -- The year whose notice is missing: the deadline is provisional.
    unknown_year int,
    yellow_given timestamptz,
    red_given    timestamptz,
    -- When the next card is due; NULL: none is.
    next_at      timestamptz,
    -- A card that could not be given is tried again then.
    held_until   timestamptz,
    stopped_at   timestamptz,
    outcome      clock_outcome,
    events       int         NOT NULL DEFAULT 0,
    CONSTRAINT a_stopped_clock_has_its_outcome CHECK ((stopped_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT a_stopped_or_paused_clock_gives_no_card CHECK (next_at IS NULL OR (stopped_at IS NULL AND paused_at IS NULL)),
    CONSTRAINT yellow_is_before_red CHECK (yellow_at IS NULL OR yellow_at <= due_at)
);
CREATE UNIQUE INDEX one_running_clock_a_rule ON case_clocks (subject, rule) WHERE stopped_at IS NULL;
CREATE INDEX clocks_of_a_subject ON case_clocks (subject, started_at);
CREATE INDEX clocks_to_give_a_card ON case_clocks (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX clocks_running_out ON case_clocks (area text_pattern_ops, due_at) WHERE stopped_at IS NULL;
CREATE INDEX clocks_to_reckon_again ON case_clocks (reckoned) WHERE stopped_at IS NULL;

-- All that happened to a clock, with the deadline before and after.
CREATE TABLE clock_events (
    clock        uuid        NOT NULL REFERENCES case_clocks,
    seq          int         NOT NULL,
    act          clock_act   NOT NULL,
    at           timestamptz NOT NULL,
    due_before   timestamptz,
    due_after    timestamptz,
    unknown_year int,
    rule_row     bigint      NOT NULL REFERENCES clock_rules,
    why          text,
    PRIMARY KEY (clock, seq)
);
CREATE TRIGGER events_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON clock_events
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_keep_what_was();

INSERT INTO clock_changes (at, who, what, why) VALUES (now(), '随软件提供', 'RULE', '法规原文和 12345 默认办理规则');
INSERT INTO clock_profiles (code, label, position) VALUES
    ('12345', '12345 热线办理', 1),
    ('petition', '信访', 2),
    ('legal-aid', '法律援助', 3),
    ('mediation', '人民调解', 4),
    ('whistle', '吹哨报到', 5),
    ('messages', '留言和信箱', 6);
INSERT INTO clock_hours (profile, area, change, hours)
    SELECT code, '', 1, '{"usual": [{"from": "08:00", "to": "18:00"}], "seasons": []}' FROM clock_profiles;
INSERT INTO clock_rules
    (change, profile, code, area, label, article, counts_from, amount, unit, day_end, pauses, max_extension, yellow)
SELECT 1, r.profile, r.code, '', r.label, r.article, r.counts_from, r.amount, r.unit::clock_unit, r.day_end, r.pauses, r.extension, r.yellow
FROM (VALUES
    ('12345', 'ACCEPTANCE', '2 小时内受理', '12345 热线办理规则（默认）：受理 2 小时', '提交或转到本级起，只算服务时间', 2, 'SERVICE_HOURS', false, false, 0, 30),
    ('12345', 'EMERGENCY_ACCEPTANCE', '30 分钟内受理', '12345 热线办理规则（默认）：紧急事项 30 分钟内响应', '提交起，不分昼夜', 30, 'MINUTES', false, false, 0, 10),
    ('12345', 'EMERGENCY', '2 小时内处置', '12345 热线办理规则（默认）：紧急事项 2 小时', '受理起，不分昼夜', 2, 'HOURS', false, false, 0, 30),
    ('12345', 'UTILITIES', '24 小时内办结', '12345 热线办理规则（默认）：供水供电供气供热等 24 小时', '受理起，不分昼夜', 24, 'HOURS', false, true, 24, 240),
    ('12345', 'CONSULT', '1 个工作日内答复', '12345 热线办理规则（默认）：咨询 1 个工作日', '受理起', 1, 'WORKING_DAYS', false, true, 2, 0),
    ('12345', 'ORDINARY', '5 个工作日内办结', '12345 热线办理规则（默认）：一般事项 5 个工作日', '受理起', 5, 'WORKING_DAYS', false, true, 10, 1),
    ('12345', 'COMPLEX', '15 个工作日内办结', '12345 热线办理规则（默认）：复杂事项 15 个工作日', '受理起', 15, 'WORKING_DAYS', false, true, 10, 3),
    ('petition', 'PETITION_TRANSFER', '15 日内登记转送', '信访工作条例第二十二条：收到信访事项应当登记，并在 15 日内转送、交办', '收到之日起', 15, 'DAYS', true, false, 0, 3),
    ('petition', 'PETITION_NOTICE', '15 日内书面告知', '信访工作条例第二十三条：自收到转送、交办之日起 15 日内书面告知接收情况', '收到转送、交办之日起', 15, 'DAYS', true, false, 0, 3),
    ('petition', 'PETITION_OBJECTION', '5 个工作日内提出异议', '信访工作条例第二十三条：不属于本机关职权的，自收到之日起 5 个工作日内提出异议', '收到转送、交办之日起', 5, 'WORKING_DAYS', true, false, 0, 1),
    ('petition', 'PETITION_FINISH', '60 日内办结', '信访工作条例第三十四条：自受理之日起 60 日内办结，经批准可延长不超过 30 日并告知理由', '受理之日起', 60, 'DAYS', true, true, 30, 10),
    ('petition', 'PETITION_REVIEW_REQUEST', '30 日内可以请求复查', '信访工作条例第三十五条：自收到书面答复之日起 30 日内请求复查', '收到书面答复之日起', 30, 'DAYS', true, false, 0, 5),
    ('petition', 'PETITION_REVIEW', '30 日内提出复查意见', '信访工作条例第三十五条：自收到复查请求之日起 30 日内提出复查意见', '收到复查请求之日起', 30, 'DAYS', true, false, 0, 5),
    ('petition', 'PETITION_REREVIEW_REQUEST', '30 日内可以请求复核', '信访工作条例第三十六条：自收到复查意见之日起 30 日内请求复核', '收到复查意见之日起', 30, 'DAYS', true, false, 0, 5),
    ('petition', 'PETITION_REREVIEW', '30 日内提出复核意见', '信访工作条例第三十六条：自收到复核请求之日起 30 日内提出复核意见', '收到复核请求之日起', 30, 'DAYS', true, false, 0, 5),
    ('legal-aid', 'LEGAL_AID_EXAMINATION', '7 日内审查', '法律援助法第四十三条：自收到申请之日起七日内审查决定', '收到申请之日起', 7, 'DAYS', true, true, 0, 2),
    ('legal-aid', 'LEGAL_AID_PAPERS', '7 日内一次性告知补正', '法律援助法第四十三条：材料不齐的，应当一次性告知需要补充的材料（默认在审查期内）', '收到申请之日起', 7, 'DAYS', true, false, 0, 2),
    ('legal-aid', 'LEGAL_AID_ASSIGNMENT', '3 日内指派', '法律援助法第四十三条：自决定之日起三日内指派法律援助人员', '作出决定之日起', 3, 'DAYS', true, false, 0, 1),
    ('legal-aid', 'LEGAL_AID_AT_ONCE', '24 小时内先行提供', '法律援助法第四十四条：距时效或者期限届满不足七日，可以先行提供（默认 24 小时）', '收到申请起，不分昼夜', 24, 'HOURS', false, false, 0, 240),
    ('legal-aid', 'LEGAL_AID_OBJECTION', '5 日内审查异议', '法律援助法第四十九条：自收到异议之日起五日内审查', '收到异议之日起', 5, 'DAYS', true, false, 0, 1),
    ('mediation', 'MEDIATION', '1 个月内调结', '人民调解工作若干规定第三十三条：调解纠纷一般在一个月内调结', '受理之日起', 1, 'MONTHS', true, true, 0, 5),
    ('mediation', 'MEDIATION_CONFIRMATION', '30 日内可以申请司法确认', '人民调解法第三十三条：自调解协议生效之日起三十日内共同申请司法确认', '协议生效之日起', 30, 'DAYS', true, false, 0, 7),
    ('whistle', 'WHISTLE', '2 小时内报到', '吹哨报到规则（默认）：2 小时内报到', '吹哨起，不分昼夜', 2, 'HOURS', false, false, 0, 30),
    ('whistle', 'WHISTLE_EMERGENCY', '30 分钟内报到', '吹哨报到规则（默认）：紧急事项 30 分钟内报到', '吹哨起，不分昼夜', 30, 'MINUTES', false, false, 0, 10),
    ('messages', 'MESSAGE_ANSWER', '3 分钟内应答', 'GB/T 33358-2016：在线留言 3 分钟内应答', '收到留言起', 3, 'MINUTES', false, false, 0, 1),
    ('messages', 'MAILBOX_ANSWER', '24 小时内答复', 'GB/T 33358-2016：信箱 24 小时内答复', '收到来信起', 24, 'HOURS', false, false, 0, 240)
) AS r (profile, code, label, article, counts_from, amount, unit, day_end, pauses, extension, yellow);
