-- Who did what with notices, and when. Only ever added to: the database itself refuses anything else.
CREATE TABLE notice_actions (
    id     bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at     timestamptz NOT NULL,
    staff  uuid        NOT NULL REFERENCES staff,
    who    text        NOT NULL,
    action text        NOT NULL,
    what   jsonb       NOT NULL,
    CONSTRAINT actions_are_known CHECK (
        action IN ('RESEND', 'RESEND_GROUP', 'DROP', 'MAP_TEMPLATE', 'SET_QUOTA', 'TRUST_NUMBER')),
    CONSTRAINT what_it_was_done_to_is_bounded CHECK (jsonb_typeof(what) = 'object' AND length(what::text) <= 4000)
);

COMMENT ON TABLE notice_actions IS 'Kept for good; holds no phone in full and no words to residents.';

-- Who changed a mapping last.
CREATE INDEX notice_actions_on_templates ON notice_actions ((what ->> 'template'), (what ->> 'platform'), id DESC)
    WHERE action = 'MAP_TEMPLATE';

CREATE FUNCTION refuse_to_change_the_record() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'what was done is on record and stays so'; END $$;

CREATE TRIGGER the_record_is_only_added_to
    BEFORE UPDATE OR DELETE OR TRUNCATE ON notice_actions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_the_record();
