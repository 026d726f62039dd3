-- Who talks to us over WeChat. A person is known by openid; whose resident they are, they prove by SMS code.
CREATE TABLE wechat_people (
    openid        text        PRIMARY KEY,
    unionid       text,
    -- As WeChat tells it, where the person agreed.
    name          text,
    resident_id   uuid        REFERENCES residents,
    bound_at      timestamptz,
    follows       boolean     NOT NULL DEFAULT true,
    -- The conversation over WeChat: the key stands for a browser's, nobody but us knows it.
    chat_key      text        NOT NULL,
    conversation  text,
    seen_at       timestamptz NOT NULL,
    CONSTRAINT one_wechat_per_resident UNIQUE (resident_id),
    CONSTRAINT openids_are_short CHECK (length(openid) BETWEEN 1 AND 64),
    CONSTRAINT bound_since_some_time CHECK ((resident_id IS NULL) = (bound_at IS NULL))
);

-- What WeChat pushed to us, a row a message however often it is pushed.
CREATE TABLE wechat_heard (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- m:MsgId, or e:FromUserName:CreateTime:Event:… for events.
    key          text        NOT NULL,
    openid       text        NOT NULL,
    -- Our account as the platform names it: the sender of a passive reply.
    account      text        NOT NULL,
    fields       jsonb       NOT NULL,
    heard_at     timestamptz NOT NULL,
    pushes       integer     NOT NULL DEFAULT 1,
    pushed_at    timestamptz NOT NULL,
    -- Who makes the answer; whoever dies lets go when the lease ends.
    held_by      uuid,
    held_until   timestamptz,
    tries        integer     NOT NULL DEFAULT 1,
    answered_at  timestamptz,
    CONSTRAINT a_message_is_heard_once UNIQUE (key),
    CONSTRAINT a_hold_ends CHECK ((held_by IS NULL) = (held_until IS NULL)),
    CONSTRAINT what_is_answered_is_let_go CHECK (answered_at IS NULL OR held_by IS NULL)
);
CREATE INDEX wechat_to_answer ON wechat_heard (heard_at) WHERE answered_at IS NULL;
CREATE INDEX wechat_heard_to_forget ON wechat_heard (heard_at);

CREATE TYPE wechat_way AS ENUM ('PASSIVE', 'SERVICE');

-- The words of an answer, a row for each message it takes, and how each went.
CREATE TABLE wechat_said (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    heard     bigint      NOT NULL REFERENCES wechat_heard ON DELETE CASCADE,
    nth       integer     NOT NULL,
    openid    text        NOT NULL,
    text      text        NOT NULL,
    -- From this time on it goes by customer-service message; before, a push may take it along.
    due_at    timestamptz NOT NULL,
    -- As the answer to a push, or by customer-service message: one takes it, the other lets it be.
    way       wechat_way,
    went_at   timestamptz,
    -- Written to the waiting push, or taken by the platform.
    sure_at   timestamptz,
    tries     integer     NOT NULL DEFAULT 0,
    -- Why it goes nowhere any more; an operator reads it.
    parked    text,
    CONSTRAINT words_stand_in_order UNIQUE (heard, nth),
    CONSTRAINT wechat_takes_short_words CHECK (octet_length(text) BETWEEN 1 AND 2048),
    CONSTRAINT what_went_has_a_time CHECK ((way IS NULL) = (went_at IS NULL)),
    CONSTRAINT only_what_went_is_sure CHECK (sure_at IS NULL OR way IS NOT NULL)
);
CREATE INDEX wechat_to_say ON wechat_said (due_at) WHERE way IS NULL AND parked IS NULL;
CREATE INDEX wechat_on_its_way ON wechat_said (went_at) WHERE way IS NOT NULL AND sure_at IS NULL AND parked IS NULL;
CREATE INDEX wechat_said_in_order ON wechat_said (openid, id) WHERE sure_at IS NULL AND parked IS NULL;

-- A sign-in on its way through WeChat: used once, by the browser that began it.
CREATE TABLE wechat_logins (
    state      bytea       PRIMARY KEY,
    browser    bytea       NOT NULL,
    to_path    text        NOT NULL,
    again      boolean     NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX wechat_logins_to_forget ON wechat_logins (expires_at);

-- Somebody whose openid is known and whose phone is not: until they prove it by code.
CREATE TABLE wechat_visits (
    token        bytea       PRIMARY KEY,
    openid       text        NOT NULL,
    proved_phone text,
    expires_at   timestamptz NOT NULL
);
CREATE INDEX wechat_visits_to_forget ON wechat_visits (expires_at);

-- Scenes of QR codes the platform made for us, so that none is asked for twice: their number is limited.
CREATE TABLE wechat_scenes (
    scene   text        PRIMARY KEY,
    url     text        NOT NULL,
    made_at timestamptz NOT NULL
);

-- The ticket that signs pages inside WeChat, one for all nodes.
CREATE TABLE wechat_tickets (
    appid      text        PRIMARY KEY,
    ticket     text        NOT NULL,
    expires_at timestamptz NOT NULL
);
