-- Made-up cases, for trying things out, are marked from their first moment and can be taken away whole. What real people
-- filed can be neither marked so later nor taken away: the history of their cases only grows, as before.

-- The mark is set by the transaction that files the case (set_config('linge.demo', 'on', true)), never by hand afterwards.
ALTER TABLE cases ADD COLUMN demo boolean NOT NULL DEFAULT false;
ALTER TABLE cases ALTER COLUMN demo SET DEFAULT coalesce(current_setting('linge.demo', true), '') = 'on';
ALTER TABLE residents ADD COLUMN demo boolean NOT NULL DEFAULT false;
ALTER TABLE residents ALTER COLUMN demo SET DEFAULT coalesce(current_setting('linge.demo', true), '') = 'on';

CREATE INDEX made_up_cases ON cases (id) WHERE demo;
CREATE INDEX made_up_residents ON residents (id) WHERE demo;

CREATE FUNCTION once_real_always_real() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'whether a row is made up is settled when it is written';
END $$;
CREATE TRIGGER once_real_always_real BEFORE UPDATE OF demo ON cases
    FOR EACH ROW WHEN (OLD.demo IS DISTINCT FROM NEW.demo) EXECUTE FUNCTION once_real_always_real();
CREATE TRIGGER once_real_always_real BEFORE UPDATE OF demo ON residents
    FOR EACH ROW WHEN (OLD.demo IS DISTINCT FROM NEW.demo) EXECUTE FUNCTION once_real_always_real();

CREATE FUNCTION only_made_up_history_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM cases WHERE id = OLD.case_id AND demo) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the history of a case only grows';
END $$;

DROP TRIGGER history_only_grows ON case_history;
CREATE TRIGGER history_only_grows BEFORE UPDATE OR TRUNCATE ON case_history
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
CREATE TRIGGER only_made_up_history_goes BEFORE DELETE ON case_history
    FOR EACH ROW EXECUTE FUNCTION only_made_up_history_goes();

DROP TRIGGER reveals_only_grow ON identity_reveals;
CREATE TRIGGER reveals_only_grow BEFORE UPDATE OR TRUNCATE ON identity_reveals
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
CREATE TRIGGER only_made_up_reveals_go BEFORE DELETE ON identity_reveals
    FOR EACH ROW EXECUTE FUNCTION only_made_up_history_goes();

DROP TRIGGER calls_only_grow ON field_calls;
CREATE TRIGGER calls_only_grow BEFORE UPDATE OR TRUNCATE ON field_calls
    FOR EACH STATEMENT EXECUTE FUNCTION history_only_grows();
CREATE TRIGGER only_made_up_calls_go BEFORE DELETE ON field_calls
    FOR EACH ROW EXECUTE FUNCTION only_made_up_history_goes();

CREATE FUNCTION only_made_up_clocks_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM case_clocks k JOIN cases c ON c.id = k.subject WHERE k.id = OLD.clock AND c.demo) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what happened to a clock stays';
END $$;
DROP TRIGGER events_only_grow ON clock_events;
CREATE TRIGGER events_only_grow BEFORE UPDATE OR TRUNCATE ON clock_events
    FOR EACH STATEMENT EXECUTE FUNCTION clocks_keep_what_was();
CREATE TRIGGER only_made_up_clocks_go BEFORE DELETE ON clock_events
    FOR EACH ROW EXECUTE FUNCTION only_made_up_clocks_go();

CREATE FUNCTION only_made_up_whistles_go() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM whistles w JOIN cases c ON c.id = w.case_id WHERE w.id = OLD.whistle_id AND c.demo) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the lines of a whistle only grow';
END $$;
DROP TRIGGER whistle_lines_only_grow ON whistle_lines;
CREATE TRIGGER whistle_lines_only_grow BEFORE UPDATE OR TRUNCATE ON whistle_lines
    FOR EACH STATEMENT EXECUTE FUNCTION whistle_lines_only_grow();
CREATE TRIGGER only_made_up_whistles_go BEFORE DELETE ON whistle_lines
    FOR EACH ROW EXECUTE FUNCTION only_made_up_whistles_go();

-- Takes every made-up case away with all that hangs on it, and the made-up residents; answers how many cases went. What
-- refers to a case is found in the catalogue, so that a table added later is not forgotten; what refers to such a table in turn
-- must go with it (ON DELETE CASCADE).
CREATE FUNCTION forget_made_up_cases() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    gone    uuid[];
    numbers text[];
    hanging record;
BEGIN
    SELECT coalesce(array_agg(id), '{}'), coalesce(array_agg(number), '{}') INTO gone, numbers
    FROM (SELECT id, number FROM cases WHERE demo FOR UPDATE) made_up;
    DELETE FROM media WHERE case_id = ANY (gone);
    DELETE FROM notices WHERE subject = ANY (numbers);
    DELETE FROM inbox WHERE subject = ANY (numbers);
    DELETE FROM clock_events WHERE clock IN (SELECT id FROM case_clocks WHERE subject = ANY (gone));
    DELETE FROM case_clocks WHERE subject = ANY (gone);
    DELETE FROM whistle_lines WHERE whistle_id IN (SELECT id FROM whistles WHERE case_id = ANY (gone));
    DELETE FROM whistle_calls WHERE whistle_id IN (SELECT id FROM whistles WHERE case_id = ANY (gone));
    FOR hanging IN
        SELECT k.conrelid::regclass AS tbl, a.attname AS col
        FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
        WHERE k.contype = 'f' AND k.confrelid = 'cases'::regclass AND k.conrelid <> 'cases'::regclass
          AND array_length(k.conkey, 1) = 1
        ORDER BY k.conrelid
    LOOP
        EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1)', hanging.tbl, hanging.col) USING gone;
    END LOOP;
    DELETE FROM cases WHERE id = ANY (gone);
    DELETE FROM residents r WHERE demo AND NOT EXISTS (SELECT FROM cases WHERE resident_id = r.id);
    RETURN cardinality(gone);
END $$;
