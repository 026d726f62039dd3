-- Limits are data: platforms change them. CALENDAR counts by hour or day of Changzhi's clock, ROLLING the time just gone
-- by, EVENT from what opened the window (a resident's message).
CREATE TYPE quota_opening AS ENUM ('CALENDAR', 'ROLLING', 'EVENT');

CREATE TABLE quotas (
    name    text          PRIMARY KEY,
    opening quota_opening NOT NULL,
    most    integer,                     -- null: counted, not limited
    seconds integer       NOT NULL,      -- how long a window lasts
    spare   integer       NOT NULL,      -- seconds before its end at which it counts as over: clocks differ, calls take time
    note    text          NOT NULL,
    CONSTRAINT quotas_are_named CHECK (name ~ '^[a-z][a-z0-9-]{0,63}$'),
    CONSTRAINT a_quota_counts_something CHECK (most >= 0 AND seconds BETWEEN 1 AND 31622400),
    CONSTRAINT spare_time_is_less_than_all CHECK (spare >= 0 AND spare < seconds)
);

INSERT INTO quotas (name, opening, most, seconds, spare, note) VALUES
    ('wechat-reply', 'EVENT', 5, 172800, 60, '客服消息：居民发来消息后 48 小时内最多 5 条'),
    ('wechat-service-day', 'CALENDAR', 500000, 86400, 0, '客服消息：每个公众号每天'),
    ('wechat-template-day', 'CALENDAR', 100000, 86400, 0, '模板消息：每个公众号每天'),
    ('wechat-subscription-day', 'CALENDAR', 100000, 86400, 0, '订阅通知：每个公众号每天'),
    ('sms-phone-hour', 'ROLLING', 5, 3600, 0, '短信：每个号码每小时'),
    ('sms-phone-day', 'ROLLING', 10, 86400, 0, '短信：每个号码每 24 小时'),
    ('sms-day', 'CALENDAR', NULL, 86400, 0, '短信：每天总数；填一个数就是封顶'),
    ('web-push-day', 'CALENDAR', NULL, 86400, 0, '浏览器推送：每天总数');

CREATE TABLE quota_use (
    quota       text        NOT NULL REFERENCES quotas ON DELETE CASCADE,
    subject     text        NOT NULL,
    starts_at   timestamptz,             -- of the window that used counts; null where none was opened, or for ROLLING
    used        integer     NOT NULL DEFAULT 0,
    spent_until timestamptz,             -- the other side said so, whatever we counted
    PRIMARY KEY (quota, subject),
    CONSTRAINT a_subject_is_bounded CHECK (length(subject) <= 200),
    CONSTRAINT use_is_counted CHECK (used >= 0)
);

-- Who took what: the same delivery takes once, and can give back.
CREATE TABLE quota_takes (
    delivery  bigint      NOT NULL,
    quota     text        NOT NULL REFERENCES quotas ON DELETE CASCADE,
    subject   text        NOT NULL,
    starts_at timestamptz,
    at        timestamptz NOT NULL,
    PRIMARY KEY (delivery, quota)
);

CREATE INDEX quota_takes_in_a_window ON quota_takes (quota, subject, at);
CREATE INDEX quota_takes_by_age ON quota_takes USING brin (at);

-- One consent, one message.
CREATE TABLE wechat_consents (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    openid   text        NOT NULL,
    template text        NOT NULL,
    key      text        NOT NULL,
    at       timestamptz NOT NULL,
    used_by  bigint,
    gone_at  timestamptz,
    CONSTRAINT an_event_consents_once UNIQUE (openid, template, key),
    CONSTRAINT a_delivery_uses_one_consent UNIQUE (used_by),
    CONSTRAINT consents_are_bounded CHECK (
        length(openid) BETWEEN 1 AND 128 AND length(template) BETWEEN 1 AND 128 AND length(key) BETWEEN 1 AND 200)
);

CREATE INDEX wechat_consents_left ON wechat_consents (openid, template, id) WHERE used_by IS NULL AND gone_at IS NULL;
