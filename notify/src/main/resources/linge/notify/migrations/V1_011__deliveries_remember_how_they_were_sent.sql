ALTER TABLE deliveries
    -- Set right before a channel is called that would repeat itself: whoever finds it set knows that a try had no end.
    ADD COLUMN sending_since timestamptz,
    -- When it arrived, by the other side's receipt; settled_at stays the time it was taken.
    ADD COLUMN confirmed_at timestamptz,
    -- A receipt said that it did not arrive: it goes on to the next rung without being tried here again.
    ADD COLUMN turned_down boolean NOT NULL DEFAULT false,
    -- When the minute began within which notices on one matter become one message; null where none is waited for.
    ADD COLUMN burst_at timestamptz,
    -- How many earlier ones this message tells as well, and for those: which.
    ADD COLUMN others integer NOT NULL DEFAULT 0,
    ADD COLUMN merged_into bigint,
    ADD CONSTRAINT others_are_counted CHECK (others >= 0),
    ADD CONSTRAINT delivered_means_confirmed CHECK ((confirmed_at IS NOT NULL) = (state = 'DELIVERED')),
    ADD CONSTRAINT merged_deliveries_say_with_which CHECK ((merged_into IS NOT NULL) = (state = 'MERGED')),
    ADD CONSTRAINT only_open_deliveries_are_being_sent CHECK (sending_since IS NULL OR state IN ('PENDING', 'FAILED')),
    DROP CONSTRAINT what_did_not_arrive_says_why,
    ADD CONSTRAINT what_did_not_arrive_says_why CHECK (state IN ('PENDING', 'SENT', 'DELIVERED') OR reason IS NOT NULL);

-- Receipts find their delivery; the inbox, which gives the most, has none.
CREATE INDEX deliveries_by_receipt ON deliveries (channel, receipt) WHERE receipt IS NOT NULL AND channel <> 'inbox';

-- The operator's rates by hour and day.
CREATE INDEX deliveries_by_age ON deliveries USING brin (settled_at);

-- Whether somebody heard of the same matter within this minute, and deletion on request.
CREATE INDEX notices_of_someone ON notices (audience_kind, audience, id DESC);

-- A receipt may overtake the mark of the send it is about: it waits here for it.
CREATE TABLE early_receipts (
    channel text        NOT NULL,
    receipt text        NOT NULL,
    at      timestamptz NOT NULL,
    arrived boolean     NOT NULL,
    reason  text        NOT NULL,
    bounced boolean     NOT NULL,
    PRIMARY KEY (channel, receipt),
    CONSTRAINT receipts_are_short CHECK (length(channel) <= 32 AND length(receipt) <= 200 AND length(reason) <= 300)
);

COMMENT ON TABLE early_receipts IS 'Kept two days (Keeping): those of messages that are no notices never meet a mark.';
