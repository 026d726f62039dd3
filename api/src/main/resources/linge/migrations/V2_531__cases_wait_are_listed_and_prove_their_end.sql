-- What a case remembers beside its state: who sent it back, how long it may wait, what shows that it is done.
ALTER TABLE cases
    ADD COLUMN holder_tier        role,
    ADD COLUMN listed             boolean NOT NULL DEFAULT false,
    ADD COLUMN extension_days     int,
    ADD COLUMN extension_words    text,
    ADD COLUMN extension_asked_at timestamptz,
    ADD COLUMN extended_days      int NOT NULL DEFAULT 0,
    ADD COLUMN suspended_at       timestamptz,
    ADD COLUMN resume_to          case_state,
    ADD COLUMN dispatched_at      timestamptz,
    ADD COLUMN transferred_from   text,
    ADD COLUMN returned_by        jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN settled            boolean NOT NULL DEFAULT false,
    ADD COLUMN assisting          jsonb NOT NULL DEFAULT '[]',
    ADD COLUMN merged_into        uuid REFERENCES cases,
    ADD COLUMN resolution         text,
    ADD COLUMN evidence           int,
    ADD COLUMN evidence_missing   text,
    ADD COLUMN resolved_by        uuid,
    ADD COLUMN visited            case_visit,
    ADD COLUMN confirmed          boolean NOT NULL DEFAULT false,
    ADD COLUMN archived_by        actor_kind,
    ADD COLUMN history_head       text;

-- Until now only the clock laid cases to rest.
UPDATE cases SET archived_by = 'CLOCK' WHERE state = 'ARCHIVED';

ALTER TABLE cases
    DROP CONSTRAINT only_open_cases_are_due,
    ADD CONSTRAINT only_open_cases_are_due CHECK (
        due_at IS NULL OR state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')),
    ADD CONSTRAINT a_listed_case_stays_open CHECK (
        NOT listed OR state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED')),
    ADD CONSTRAINT an_extension_is_asked_with_reasons CHECK (
        num_nonnulls(extension_days, extension_words, extension_asked_at) IN (0, 3)),
    ADD CONSTRAINT extensions_extend_a_deadline CHECK (
        due_at IS NOT NULL OR (extension_days IS NULL AND extended_days = 0)),
    ADD CONSTRAINT a_suspended_case_knows_the_way_back CHECK (
        (state = 'SUSPENDED') = (suspended_at IS NOT NULL) AND (state = 'SUSPENDED') = (resume_to IS NOT NULL)),
    ADD CONSTRAINT a_suspended_case_wakes CHECK (state <> 'SUSPENDED' OR wake_at IS NOT NULL),
    ADD CONSTRAINT nobody_resolves_without_evidence CHECK (
        (state <> 'RESOLVED' OR resolution IS NOT NULL)
        AND (resolution IS NULL OR evidence > 0 OR (evidence = 0 AND evidence_missing IS NOT NULL))),
    ADD CONSTRAINT nobody_closes_without_telling CHECK (
        state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED') OR answer IS NOT NULL),
    ADD CONSTRAINT only_heard_residents_rest_before_the_clock CHECK (
        state <> 'ARCHIVED' OR archived_by = 'CLOCK'
        OR rating IS NOT NULL OR confirmed OR visited = 'SATISFIED'),
    ADD CONSTRAINT a_rated_case_was_rated CHECK (state <> 'RATED' OR rating IS NOT NULL OR confirmed),
    ADD CONSTRAINT nothing_follows_itself CHECK (merged_into <> id);

CREATE INDEX cases_merged_into ON cases (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX cases_departments_assist ON cases USING gin (assisting jsonb_path_ops);
DROP INDEX cases_on_a_desk;
CREATE INDEX cases_on_a_desk ON cases (holder_area, holder_department, due_at)
    WHERE state IN ('SUBMITTED', 'ACCEPTED', 'DISPATCHED', 'HANDLING', 'SUSPENDED', 'RESOLVED');

-- What staff do beside moving cases: who, when, on what, with what in mind.
CREATE TABLE audit_log (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL,
    staff_id uuid NOT NULL,
    name     text NOT NULL,
    role     role NOT NULL,
    area     text NOT NULL,
    act      text NOT NULL,
    subject  text NOT NULL,
    details  jsonb NOT NULL,
    CONSTRAINT acts_have_names CHECK (act ~ '^[a-z]+([.-][a-z]+)*$'),
    CONSTRAINT subjects_are_short CHECK (length(subject) BETWEEN 1 AND 200)
);
CREATE INDEX audit_log_by_time ON audit_log (at, id);
CREATE INDEX audit_log_of_a_subject ON audit_log (subject, id);
CREATE INDEX audit_log_of_an_area ON audit_log (area text_pattern_ops, id);
CREATE INDEX audit_log_of_a_person ON audit_log (staff_id, id);

CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows';
END $$;
CREATE TRIGGER audit_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
