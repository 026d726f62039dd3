-- Each line of a history is sealed with the line before it: SHA-256 over the previous seal and the line, each field as
-- "<bytes>:<text>", "-" for none. The case row keeps the last seal. linge.cases.Seal computes the same elsewhere, to check.

ALTER TABLE case_history
    ADD COLUMN acting_for text,
    ADD COLUMN media      uuid[] NOT NULL DEFAULT '{}',
    ADD COLUMN hash       text;

CREATE FUNCTION seal_field(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN value IS NULL THEN '-' ELSE octet_length(convert_to(value, 'UTF8')) || ':' || value END
$$;

CREATE FUNCTION seal_of(line case_history, previous text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        'linge-history-1'
        || seal_field(previous)
        || seal_field(line.case_id::text)
        || seal_field(line.seq::text)
        || seal_field(line.move::text)
        || seal_field(line.from_state::text)
        || seal_field(line.to_state::text)
        || seal_field((extract(epoch FROM line.at) * 1000000)::bigint::text)
        || seal_field(line.actor_kind::text)
        || seal_field(line.actor_id::text)
        || seal_field(line.actor_name)
        || seal_field(line.actor_role::text)
        || seal_field(line.actor_area)
        || seal_field(line.acting_for)
        || seal_field(line.words)
        || seal_field(line.holder_area)
        || seal_field(line.holder_department)
        || seal_field(array_to_string(line.media, ','))
    , 'UTF8')), 'hex')
$$;

-- Lines from before the chain are chained as they stand.
ALTER TABLE case_history DISABLE TRIGGER history_only_grows;
DO $$
DECLARE
    line     case_history;
    of_case  uuid;
    previous text;
BEGIN
    FOR line IN SELECT * FROM case_history ORDER BY case_id, seq LOOP
        IF line.case_id IS DISTINCT FROM of_case THEN
            of_case := line.case_id;
            previous := NULL;
        END IF;
        previous := seal_of(line, previous);
        UPDATE case_history SET hash = previous WHERE case_id = line.case_id AND seq = line.seq;
    END LOOP;
END $$;
ALTER TABLE case_history ENABLE TRIGGER history_only_grows;
UPDATE cases c SET history_head = (
    SELECT h.hash FROM case_history h WHERE h.case_id = c.id ORDER BY h.seq DESC LIMIT 1);

-- Whoever adds a line, it is sealed here; the case row is held by whoever moves the case, so no two lines follow one.
CREATE FUNCTION seal_the_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.hash := seal_of(NEW, (SELECT history_head FROM cases WHERE id = NEW.case_id FOR UPDATE));
    UPDATE cases SET history_head = NEW.hash WHERE id = NEW.case_id;
    RETURN NEW;
END $$;
CREATE TRIGGER lines_are_sealed BEFORE INSERT ON case_history FOR EACH ROW EXECUTE FUNCTION seal_the_line();

ALTER TABLE case_history
    ALTER COLUMN hash SET NOT NULL,
    ADD CONSTRAINT a_seal_is_sha_256 CHECK (hash ~ '^[0-9a-f]{64}$');

-- One code for one matter (一案一码): whoever has it sees the steps of this case, and nothing of anybody.
ALTER TABLE cases ADD COLUMN proof_token text NOT NULL DEFAULT
    translate(encode(uuid_send(gen_random_uuid()), 'base64'), '+/=', '-_');
ALTER TABLE cases ADD CONSTRAINT one_proof_per_case UNIQUE (proof_token);
