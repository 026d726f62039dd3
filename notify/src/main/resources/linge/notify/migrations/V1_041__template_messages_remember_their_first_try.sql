-- WeChat drops a second template message of one delivery, but for ten minutes only: later tries need to know of the first.
-- Not bound to deliveries by a foreign key: messages that are no notices have numbers of their own below zero.
CREATE TABLE wechat_template_tries (
    delivery bigint      PRIMARY KEY,
    since    timestamptz NOT NULL,
    tries    integer     NOT NULL DEFAULT 1,
    CONSTRAINT tries_are_counted CHECK (tries >= 1)
);

COMMENT ON TABLE wechat_template_tries IS 'Kept a day after the last try (WeChatChannels.sweep).';

CREATE INDEX wechat_template_tries_by_age ON wechat_template_tries USING brin (since);
