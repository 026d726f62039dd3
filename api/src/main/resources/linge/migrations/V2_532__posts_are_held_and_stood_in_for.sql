-- A post is a role in an office; people hold it, stand in for it on leave, or have it delegated to them, by date.
CREATE TABLE posts (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    area       text NOT NULL,
    department text,
    role       role NOT NULL,
    CONSTRAINT one_post_per_office_and_role UNIQUE NULLS NOT DISTINCT (area, department, role)
);

CREATE TYPE post_hold AS ENUM ('HOLDER', 'DEPUTY', 'DELEGATE');

-- Days are those of Asia/Shanghai, both ends included; no end while it lasts.
CREATE TABLE post_holders (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    post_id    uuid NOT NULL REFERENCES posts,
    staff_id   uuid NOT NULL REFERENCES staff,
    hold       post_hold NOT NULL,
    from_day   date NOT NULL,
    until_day  date,
    CONSTRAINT holding_ends_after_it_begins CHECK (until_day IS NULL OR until_day >= from_day),
    CONSTRAINT delegations_end CHECK (hold <> 'DELEGATE' OR until_day IS NOT NULL)
);
CREATE INDEX post_holders_of_a_post ON post_holders (post_id, from_day);
CREATE INDEX post_holders_of_a_person ON post_holders (staff_id, from_day);

CREATE TABLE staff_leaves (
    id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    staff_id  uuid NOT NULL REFERENCES staff,
    from_day  date NOT NULL,
    until_day date NOT NULL,
    CONSTRAINT leave_ends_after_it_begins CHECK (until_day >= from_day)
);
CREATE INDEX staff_leaves_of_a_person ON staff_leaves (staff_id, until_day);

-- Every account holds the post it was made for.
CREATE FUNCTION accounts_hold_their_post() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held uuid;
BEGIN
    INSERT INTO posts (area, department, role) VALUES (NEW.area, NEW.department, NEW.role)
        ON CONFLICT ON CONSTRAINT one_post_per_office_and_role DO NOTHING;
    SELECT id INTO held FROM posts
        WHERE area = NEW.area AND department IS NOT DISTINCT FROM NEW.department AND role = NEW.role;
    INSERT INTO post_holders (post_id, staff_id, hold, from_day)
        VALUES (held, NEW.id, 'HOLDER', (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date);
    RETURN NULL;
END $$;
CREATE TRIGGER accounts_hold_their_post AFTER INSERT ON staff
    FOR EACH ROW EXECUTE FUNCTION accounts_hold_their_post();

INSERT INTO posts (area, department, role) SELECT DISTINCT area, department, role FROM staff;
INSERT INTO post_holders (post_id, staff_id, hold, from_day)
    SELECT p.id, s.id, 'HOLDER', (s.created_at AT TIME ZONE 'Asia/Shanghai')::date
    FROM staff s JOIN posts p
        ON p.area = s.area AND p.department IS NOT DISTINCT FROM s.department AND p.role = s.role;
