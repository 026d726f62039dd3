-- What residents and staff see in the app. Not bound to notices by a foreign key: those are swept sooner.
CREATE TABLE inbox (
    -- CACHE 1 (the default) matters: with more, every session would hold a block of ids and hand them out of order.
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery      bigint        NOT NULL,
    audience_kind audience_kind NOT NULL,
    audience      text          NOT NULL,
    subject       text          NOT NULL,
    title         text          NOT NULL,
    text          text          NOT NULL,
    at            timestamptz   NOT NULL,
    read_at       timestamptz,
    CONSTRAINT a_delivery_arrives_once UNIQUE (delivery),
    CONSTRAINT words_are_bounded CHECK (length(title) <= 100 AND length(text) <= 4000)
);

COMMENT ON TABLE inbox IS 'Kept two years (Keeping), or until the person asks for deletion.';

CREATE INDEX inbox_of_someone ON inbox (audience_kind, audience, id);
CREATE INDEX inbox_unread ON inbox (audience_kind, audience) WHERE read_at IS NULL;
CREATE INDEX inbox_by_age ON inbox USING brin (at);
