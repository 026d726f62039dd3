-- A carrier numbers and reports the parts of a long message one by one. A report may come first: then its part waits here
-- without a message.
CREATE TABLE sms_parts (
    part    text        PRIMARY KEY,
    message text,
    arrived boolean,
    reason  text,
    bounced boolean     NOT NULL DEFAULT false,
    at      timestamptz NOT NULL,
    CONSTRAINT numbers_are_short CHECK (length(part) BETWEEN 1 AND 100 AND length(message) BETWEEN 1 AND 100),
    CONSTRAINT what_did_not_arrive_says_why CHECK (arrived IS DISTINCT FROM false OR reason IS NOT NULL)
);

COMMENT ON TABLE sms_parts IS 'Kept 7 days: numbers of a carrier, no phones and no words.';

CREATE INDEX sms_parts_of_a_message ON sms_parts (message);
CREATE INDEX sms_parts_by_age ON sms_parts USING brin (at);
