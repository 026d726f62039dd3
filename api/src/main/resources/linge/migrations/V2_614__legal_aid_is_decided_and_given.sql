-- What becomes of an application beside its case's moves: what was told to be missing (once), the decision with its article, who
-- helps, an objection and who decided it, the closing report.
ALTER TABLE legal_aid
    ADD COLUMN told           text[],
    ADD COLUMN told_at        timestamptz,
    ADD COLUMN told_until     date,
    ADD COLUMN supplied_at    timestamptz,
    ADD COLUMN granted        boolean,
    ADD COLUMN article        text,
    ADD COLUMN reason         text,
    ADD COLUMN decided_at     timestamptz,
    ADD COLUMN decided_by     uuid,
    ADD COLUMN decided_name   text,
    ADD COLUMN helper         text,
    ADD COLUMN helper_office  text,
    ADD COLUMN helper_phone   text,
    ADD COLUMN assigned_at    timestamptz,
    ADD COLUMN objection      text,
    ADD COLUMN objected_at    timestamptz,
    ADD COLUMN objection_right  boolean,
    ADD COLUMN objection_answer text,
    ADD COLUMN objection_by   text,
    ADD COLUMN objection_at   timestamptz,
    -- The application opened anew when the objection was right.
    ADD COLUMN again          text,
    ADD COLUMN report         text,
    ADD COLUMN reported_at    timestamptz,
    ADD CONSTRAINT what_is_missing_is_told_whole CHECK (num_nonnulls(told, told_at, told_until) IN (0, 3)),
    ADD CONSTRAINT decisions_have_their_article CHECK (num_nonnulls(granted, article, decided_at, decided_by, decided_name) IN (0, 5)),
    ADD CONSTRAINT refusals_have_their_reason CHECK (granted IS NOT FALSE OR reason IS NOT NULL),
    ADD CONSTRAINT helpers_are_assigned_once CHECK (num_nonnulls(helper, helper_office, assigned_at) IN (0, 3)),
    ADD CONSTRAINT only_refusals_are_objected_to CHECK (objected_at IS NULL OR granted IS FALSE),
    ADD CONSTRAINT objections_have_words CHECK ((objection IS NULL) = (objected_at IS NULL)),
    ADD CONSTRAINT objections_are_answered_whole CHECK (
        num_nonnulls(objection_right, objection_answer, objection_by, objection_at) IN (0, 4)
        AND (objection_at IS NULL OR objected_at IS NOT NULL)),
    ADD CONSTRAINT reports_have_their_time CHECK ((report IS NULL) = (reported_at IS NULL));
CREATE INDEX objections_to_decide ON legal_aid (objected_at) WHERE objected_at IS NOT NULL AND objection_at IS NULL;
