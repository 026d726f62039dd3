-- One access token per official account for all nodes; whoever holds the lease asks WeChat for the next.
CREATE TABLE wechat_tokens (
    app_id      text        PRIMARY KEY,
    token       text,
    ends_at     timestamptz,
    refresher   text,
    lease_until timestamptz,
    CONSTRAINT a_token_has_an_end CHECK ((token IS NULL) = (ends_at IS NULL)),
    CONSTRAINT a_refresh_has_a_lease CHECK ((refresher IS NULL) = (lease_until IS NULL)),
    CONSTRAINT tokens_are_bounded CHECK (length(app_id) <= 64 AND length(token) <= 1024)
);

COMMENT ON TABLE wechat_tokens IS 'A token opens the account''s interfaces for up to two hours: as secret as the database.';
