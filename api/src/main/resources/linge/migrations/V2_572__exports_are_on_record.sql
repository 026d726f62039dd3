-- Who took which list of cases out of the service, and when. Only ever added to.
CREATE TABLE case_exports (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    staff    uuid        NOT NULL REFERENCES staff,
    who      text        NOT NULL,
    format   text        NOT NULL,
    what     jsonb       NOT NULL,
    -- Why names and phones were taken along; null: they were not.
    purpose  text,
    CONSTRAINT formats_are_known CHECK (format IN ('csv', 'xlsx')),
    CONSTRAINT a_purpose_is_told CHECK (length(purpose) BETWEEN 4 AND 500)
);
CREATE INDEX case_exports_by_time ON case_exports (at);
CREATE FUNCTION exports_stay_on_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was taken out is on record and stays so';
END $$;
CREATE TRIGGER exports_stay_on_record BEFORE UPDATE OR DELETE OR TRUNCATE ON case_exports
    FOR EACH STATEMENT EXECUTE FUNCTION exports_stay_on_record();
