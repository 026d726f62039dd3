-- SMS of the local gateway, which hands them to the operator's page instead of a carrier.
CREATE TABLE sms_messages (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery bigint,
    phone    text        NOT NULL,
    text     text        NOT NULL,
    purpose  text        NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT a_delivery_is_kept_once UNIQUE (delivery),
    CONSTRAINT a_phone_is_short CHECK (length(phone) BETWEEN 1 AND 32),
    CONSTRAINT an_sms_is_bounded CHECK (length(text) BETWEEN 1 AND 1000),
    CONSTRAINT a_purpose_is_named CHECK (length(purpose) BETWEEN 1 AND 40)
);

COMMENT ON TABLE sms_messages IS 'Kept 30 days (Keeping): phones, words and sign-in codes, which expire in minutes.';

CREATE INDEX sms_by_phone ON sms_messages (phone, id DESC);
CREATE INDEX sms_by_age ON sms_messages USING brin (at);
