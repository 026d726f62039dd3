-- A period of a county once it is published: its scores stand as they were then, with every line that makes them. What was wrong
-- is put right by corrections beside them; nothing is changed and nothing is deleted. Points are hundredths.

CREATE TABLE evaluation_periods (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    area            text        NOT NULL,
    period          text        NOT NULL,
    book_id         bigint      NOT NULL REFERENCES evaluation_books,
    published_at    timestamptz NOT NULL,
    published_by    uuid        NOT NULL REFERENCES staff,
    objections_until timestamptz NOT NULL,
    final_at        timestamptz,
    final_by        uuid REFERENCES staff,
    CONSTRAINT a_period_is_published_once UNIQUE (area, period),
    CONSTRAINT counties_publish CHECK (area ~ '^[0-9]{6}$'),
    CONSTRAINT periods_are_years_or_quarters CHECK (period ~ '^[0-9]{4}(Q[1-4])?$'),
    CONSTRAINT somebody_made_it_final CHECK ((final_at IS NULL) = (final_by IS NULL)),
    CONSTRAINT final_comes_after_the_objections CHECK (final_at >= objections_until)
);

CREATE TABLE evaluation_scores (
    period_id uuid    NOT NULL REFERENCES evaluation_periods,
    staff_id  uuid    NOT NULL REFERENCES staff,
    -- As it was then: people move on.
    name      text    NOT NULL,
    role      role    NOT NULL,
    area      text    NOT NULL,
    active    boolean NOT NULL,
    points    int     NOT NULL,
    -- Working days of the period, and those of them on duty.
    days      int     NOT NULL,
    duty      int     NOT NULL,
    PRIMARY KEY (period_id, staff_id),
    CONSTRAINT nobody_is_on_duty_longer_than_the_period CHECK (duty BETWEEN 0 AND days)
);
CREATE INDEX evaluation_scores_of_a_person ON evaluation_scores (staff_id);

CREATE TABLE evaluation_lines (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    period_id uuid        NOT NULL,
    staff_id  uuid        NOT NULL,
    nth       int         NOT NULL,
    book_id   bigint,
    counted   text        NOT NULL,
    -- What proves it: a case's number, the id of an entry of field work, of a signal, or a quarter.
    kind      text        NOT NULL,
    ref       text        NOT NULL,
    seq       int,
    at        timestamptz NOT NULL,
    units     int         NOT NULL,
    -- By the rule, and after its cap.
    earned    int         NOT NULL,
    points    int         NOT NULL,
    words     text,
    FOREIGN KEY (period_id, staff_id) REFERENCES evaluation_scores,
    FOREIGN KEY (book_id, counted) REFERENCES evaluation_rules,
    CONSTRAINT one_line_of_a_number UNIQUE (period_id, staff_id, nth),
    CONSTRAINT evidence_is_of_a_kind CHECK (kind IN ('CASE', 'LOG', 'SIGNAL', 'QUARTER')),
    CONSTRAINT only_a_year_counts_quarters CHECK ((kind = 'QUARTER') = (book_id IS NULL))
);

CREATE TABLE evaluation_objections (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    period_id  uuid        NOT NULL,
    staff_id   uuid        NOT NULL,
    -- None: the whole score.
    line_id    bigint REFERENCES evaluation_lines,
    words      text        NOT NULL,
    at         timestamptz NOT NULL,
    upheld     boolean,
    decision   text,
    decided_by uuid REFERENCES staff,
    decided_at timestamptz,
    FOREIGN KEY (period_id, staff_id) REFERENCES evaluation_scores,
    CONSTRAINT one_objection_to_one_thing UNIQUE NULLS NOT DISTINCT (period_id, staff_id, line_id),
    CONSTRAINT a_decision_is_whole CHECK (num_nonnulls(upheld, decision, decided_by, decided_at) IN (0, 4)),
    CONSTRAINT nobody_decides_on_themselves CHECK (decided_by <> staff_id)
);
CREATE INDEX evaluation_objections_of_a_person ON evaluation_objections (staff_id, at);

CREATE FUNCTION objections_are_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.decided_at IS NOT NULL OR (OLD.id, OLD.period_id, OLD.staff_id, OLD.words, OLD.at) IS DISTINCT FROM
            (NEW.id, NEW.period_id, NEW.staff_id, NEW.words, NEW.at) OR OLD.line_id IS DISTINCT FROM NEW.line_id THEN
        RAISE EXCEPTION 'an objection stays as it was written, and is decided once';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER objections_are_decided_once BEFORE UPDATE ON evaluation_objections
    FOR EACH ROW EXECUTE FUNCTION objections_are_decided_once();

-- What an upheld objection takes from or adds to a score.
CREATE TABLE evaluation_corrections (
    objection_id uuid PRIMARY KEY REFERENCES evaluation_objections,
    period_id    uuid NOT NULL,
    staff_id     uuid NOT NULL,
    line_id      bigint REFERENCES evaluation_lines,
    points       int  NOT NULL,
    FOREIGN KEY (period_id, staff_id) REFERENCES evaluation_scores
);
CREATE INDEX evaluation_corrections_of_a_score ON evaluation_corrections (period_id, staff_id);

CREATE FUNCTION final_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.final_at IS NOT NULL OR (OLD.id, OLD.area, OLD.period, OLD.book_id, OLD.published_at, OLD.published_by, OLD.objections_until)
            IS DISTINCT FROM (NEW.id, NEW.area, NEW.period, NEW.book_id, NEW.published_at, NEW.published_by, NEW.objections_until) THEN
        RAISE EXCEPTION 'a published period stays as it is';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER final_is_final BEFORE UPDATE ON evaluation_periods FOR EACH ROW EXECUTE FUNCTION final_is_final();
CREATE TRIGGER periods_stay BEFORE DELETE OR TRUNCATE ON evaluation_periods
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER scores_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON evaluation_scores
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER lines_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON evaluation_lines
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER objections_stay BEFORE DELETE OR TRUNCATE ON evaluation_objections
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER corrections_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON evaluation_corrections
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
