-- A grid that comes into force has a leader's and a worker's post, whether somebody holds them or not: a vacancy is a row to be seen.
CREATE FUNCTION grids_have_posts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO posts (area, role)
        SELECT g.code, r.role FROM grids g CROSS JOIN (VALUES ('GRID_LEADER'::role), ('GRID_WORKER'::role)) AS r (role)
        WHERE g.version = NEW.id
        ON CONFLICT ON CONSTRAINT one_post_per_office_and_role DO NOTHING;
    RETURN NULL;
END $$;

-- At the end of the transaction: a version's row comes before its grids. A draft of a version has no day yet, and no posts.
CREATE CONSTRAINT TRIGGER grids_have_posts AFTER INSERT OR UPDATE OF effective_from ON grid_versions
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.effective_from IS NOT NULL)
    EXECUTE FUNCTION grids_have_posts();

INSERT INTO posts (area, role)
    SELECT DISTINCT g.code, r.role FROM grids g CROSS JOIN (VALUES ('GRID_LEADER'::role), ('GRID_WORKER'::role)) AS r (role)
    ON CONFLICT ON CONSTRAINT one_post_per_office_and_role DO NOTHING;

CREATE INDEX posts_of_an_area ON posts (area text_pattern_ops, id);
