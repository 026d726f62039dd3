-- Search in Chinese without a parser or an extension, which a database of one's own may not allow: every character and every
-- pair of neighbours is a lexeme. A word of one or two characters is looked up whole; a longer one as all its pairs, and what was
-- found is looked at again. Kept by a trigger beside the case, so that moves, which are many, do not touch this index.

-- Lower case, one width, one blank between words: what is typed is brought into the same form.
CREATE FUNCTION plainly(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT trim(regexp_replace(lower(normalize(said, NFKC)),
        '[\s\u0001-\u0020\u0021-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'))
$$;

-- An area is a lexeme too, @ and its code: a word that half the city uses is rare within one town.
CREATE FUNCTION search_words(plain text, area text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH c AS (
        SELECT ch, lead(ch) OVER (ORDER BY at) AS next
        FROM unnest(string_to_array(plain, NULL)) WITH ORDINALITY AS u (ch, at))
    SELECT array_to_tsvector(array_agg(DISTINCT word)) FROM (
        SELECT ch AS word FROM c WHERE ch <> ' '
        UNION ALL SELECT ch || next FROM c WHERE ch <> ' ' AND next <> ' '
        UNION ALL SELECT '@' || left(area, n) FROM unnest(ARRAY[4, 6, 9, 12]) AS n WHERE length(area) >= n) AS words
$$;

CREATE TABLE case_words (
    case_id uuid PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
    said    text NOT NULL,
    words   tsvector NOT NULL
);

CREATE FUNCTION said_in(c cases) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT plainly(concat_ws(' ', c.text, c.address, c.grid ->> 'placeName', c.grid ->> 'name', c.answer))
$$;

CREATE FUNCTION keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plain text := said_in(NEW);
BEGIN
    INSERT INTO case_words (case_id, said, words) VALUES (NEW.id, plain, search_words(plain, NEW.area))
    ON CONFLICT (case_id) DO UPDATE SET said = excluded.said, words = excluded.words;
    RETURN NULL;
END $$;
CREATE TRIGGER words_of_a_new_case AFTER INSERT ON cases FOR EACH ROW EXECUTE FUNCTION keep_words();
CREATE TRIGGER words_of_a_changed_case AFTER UPDATE ON cases FOR EACH ROW
    WHEN ((OLD.text, OLD.address, OLD.answer, OLD.area, OLD.grid)
        IS DISTINCT FROM (NEW.text, NEW.address, NEW.answer, NEW.area, NEW.grid))
    EXECUTE FUNCTION keep_words();

INSERT INTO case_words (case_id, said, words)
SELECT c.id, said_in(c), search_words(said_in(c), c.area) FROM cases c;

-- The list of what is not yet sorted in is read by every search: it stays short.
CREATE INDEX cases_by_words ON case_words USING gin (words) WITH (gin_pending_list_limit = 512);
ALTER TABLE case_words ALTER COLUMN words SET STATISTICS 1000;
