-- Moves asked for in a chat have a key: a message that is heard again after a crash moves nothing twice.
CREATE TABLE case_move_keys (
    key     text PRIMARY KEY,
    case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    at      timestamptz NOT NULL,
    CONSTRAINT keys_are_short CHECK (length(key) BETWEEN 1 AND 300)
);

CREATE INDEX case_move_keys_by_age ON case_move_keys USING brin (at);
