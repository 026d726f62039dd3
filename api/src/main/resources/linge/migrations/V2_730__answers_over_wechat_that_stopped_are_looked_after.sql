-- An operator sends a stopped answer again, or lets it be: then it stays with its reason until its message is forgotten.
ALTER TABLE wechat_said ADD COLUMN dropped_at timestamptz;
ALTER TABLE wechat_said ADD CONSTRAINT only_what_stopped_is_dropped CHECK (dropped_at IS NULL OR parked IS NOT NULL);
CREATE INDEX wechat_said_stopped ON wechat_said (id) WHERE parked IS NOT NULL AND dropped_at IS NULL;

ALTER TABLE notice_actions DROP CONSTRAINT actions_are_known;
ALTER TABLE notice_actions ADD CONSTRAINT actions_are_known CHECK (
    action IN ('RESEND', 'RESEND_GROUP', 'DROP', 'MAP_TEMPLATE', 'SET_QUOTA', 'TRUST_NUMBER', 'RESEND_ANSWER', 'DROP_ANSWER'));
