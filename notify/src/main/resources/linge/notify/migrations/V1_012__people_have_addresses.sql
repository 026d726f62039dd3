-- Where people can be reached beside the phone that a notice carries. One address belongs to one person, who kept it last.
CREATE TABLE addresses (
    scheme        text          NOT NULL,
    value         text          NOT NULL,
    audience_kind audience_kind NOT NULL,
    audience      text          NOT NULL,
    details       jsonb         NOT NULL,
    kept_at       timestamptz   NOT NULL,
    bounced_at    timestamptz,
    bounce        text,
    PRIMARY KEY (scheme, value),
    CONSTRAINT schemes_are_named CHECK (scheme ~ '^[a-z][a-z0-9-]{0,31}$'),
    CONSTRAINT an_address_is_bounded CHECK (length(value) BETWEEN 1 AND 1000 AND length(details::text) <= 4000),
    CONSTRAINT an_address_has_an_owner CHECK (length(audience) BETWEEN 1 AND 64),
    CONSTRAINT a_bounce_says_why CHECK ((bounced_at IS NULL) = (bounce IS NULL))
);

COMMENT ON TABLE addresses IS 'Kept until taken back or until the person asks for deletion.';

CREATE INDEX addresses_of_someone ON addresses (audience_kind, audience, scheme);
CREATE INDEX addresses_bounced ON addresses (bounced_at DESC) WHERE bounced_at IS NOT NULL;
