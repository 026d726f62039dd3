CREATE TABLE preferences (
    audience_kind audience_kind NOT NULL,
    audience      text          NOT NULL,
    off           text[]        NOT NULL DEFAULT '{}',  -- channels switched off; the inbox cannot be
    quiet_from    time,                                  -- by Changzhi's clock; may go over midnight
    quiet_to      time,
    elder         boolean       NOT NULL DEFAULT false,  -- short plain sentences in SMS
    changed_at    timestamptz   NOT NULL,
    PRIMARY KEY (audience_kind, audience),
    CONSTRAINT quiet_hours_have_two_ends CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)),
    CONSTRAINT the_inbox_stays_on CHECK (NOT 'inbox' = ANY (off)),
    CONSTRAINT few_channels_are_off CHECK (cardinality(off) <= 20)
);

COMMENT ON TABLE preferences IS 'Kept until the person asks for deletion.';

-- Whether a rung of the ladder is open to somebody now. Asked when a notice is put and when it is handed on: one rule.
CREATE FUNCTION may_reach(channel text, kind audience_kind, who text, phone text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
    SELECT CASE
            WHEN channel = 'sms' THEN phone IS NOT NULL AND NOT EXISTS (
                SELECT FROM addresses a WHERE a.scheme = 'phone' AND a.value = phone AND a.bounced_at IS NOT NULL)
            WHEN channel LIKE 'wechat-%' THEN EXISTS (
                SELECT FROM addresses a WHERE a.audience_kind = kind AND a.audience = who AND a.scheme = 'wechat'
                  AND a.bounced_at IS NULL)
            WHEN channel = 'web-push' THEN EXISTS (
                SELECT FROM addresses a WHERE a.audience_kind = kind AND a.audience = who AND a.scheme = 'web-push'
                  AND a.bounced_at IS NULL)
            ELSE true
        END
        AND NOT EXISTS (
            SELECT FROM preferences p WHERE p.audience_kind = kind AND p.audience = who AND channel = ANY (p.off))
    $$;
