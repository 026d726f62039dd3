-- Cases that may be of one matter share a mark: a thing said, on one piece of ground, in one span of thirty days. Arrays of numbers under
-- a GIN index need no extension, so that it works on anybody's server.
CREATE TABLE case_marks (
    case_id uuid PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
    version int NOT NULL,
    marks   bigint[] NOT NULL,
    CONSTRAINT marks_are_few CHECK (cardinality(marks) <= 200)
);
-- Without the list of pending entries, which a lookup would have to read through.
CREATE INDEX case_marks_in_common ON case_marks USING gin (marks) WITH (fastupdate = off);

-- Who filed says that others have reported the same before.
CREATE TABLE twin_claims (
    case_id uuid PRIMARY KEY REFERENCES cases ON DELETE CASCADE,
    at      timestamptz NOT NULL
);
