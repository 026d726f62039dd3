-- What concerns the account and not one message: an interface not granted, a wrong secret, an address not allowed.
CREATE TABLE wechat_troubles (
    path     text        NOT NULL,
    code     integer     NOT NULL,
    words    text        NOT NULL,
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    times    integer     NOT NULL DEFAULT 1,
    PRIMARY KEY (path, code),
    CONSTRAINT troubles_are_bounded CHECK (length(path) <= 100 AND length(words) <= 300)
);
