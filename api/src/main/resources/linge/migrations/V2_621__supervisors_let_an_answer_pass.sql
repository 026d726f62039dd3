-- Somebody asks a supervisor to let this very text pass as it is. It counts for this text alone: one sign more and it is another.
CREATE TABLE reply_releases (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id     uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    area        text NOT NULL,
    words       text NOT NULL,
    words_hash  bytea NOT NULL,
    concerns    jsonb NOT NULL,
    why         text NOT NULL,
    asked_by    uuid NOT NULL REFERENCES staff,
    asked_name  text NOT NULL,
    asked_at    timestamptz NOT NULL,
    granted     boolean,
    reason      text,
    decided_by  uuid REFERENCES staff,
    decided_name text,
    decided_at  timestamptz,
    CONSTRAINT a_decision_says_who_and_why CHECK (
        (granted IS NULL) = (decided_by IS NULL) AND (granted IS NULL) = (decided_at IS NULL) AND (granted IS NULL) = (reason IS NULL)),
    CONSTRAINT nobody_lets_their_own_pass CHECK (decided_by IS NULL OR decided_by <> asked_by)
);
CREATE UNIQUE INDEX one_open_release_for_a_text ON reply_releases (case_id, words_hash) WHERE granted IS NULL;
CREATE INDEX reply_releases_of_a_case ON reply_releases (case_id, words_hash, id DESC);
CREATE INDEX reply_releases_open ON reply_releases (area, id) WHERE granted IS NULL;
CREATE INDEX reply_releases_by_asker ON reply_releases (asked_by, id DESC);
