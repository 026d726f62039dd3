-- How often the first of a line is tried before it is asked whether the receiver takes another. An administrator may change it.
ALTER TABLE webhooks ADD COLUMN tries integer NOT NULL DEFAULT 12;
ALTER TABLE webhooks ADD CONSTRAINT tries_are_sensible CHECK (tries BETWEEN 3 AND 200);
