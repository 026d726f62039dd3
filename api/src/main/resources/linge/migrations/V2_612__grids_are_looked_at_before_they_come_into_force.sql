-- A version without a day is a draft, or was called back: it never comes into force.
ALTER TABLE grid_versions ALTER COLUMN effective_from DROP NOT NULL;

COMMENT ON COLUMN grid_versions.effective_from IS
    'first day in force, Asia/Shanghai; the latest day that has come wins, then the latest id; null: a draft, or called back';

-- A file of grids somebody uploaded: what is wrong with it, or what it would change and from which day.
CREATE TABLE grid_imports (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version       bigint REFERENCES grid_versions,
    compared_with bigint NOT NULL,
    file_name     text NOT NULL,
    bytes         bigint NOT NULL,
    residential   int NOT NULL,
    dedicated     int NOT NULL,
    same          int NOT NULL,
    faults        jsonb NOT NULL,
    fault_count   int NOT NULL,
    warnings      jsonb NOT NULL,
    staff_id      uuid NOT NULL REFERENCES staff,
    by_name       text NOT NULL,
    at            timestamptz NOT NULL,
    cancelled_at  timestamptz,
    CONSTRAINT a_faulty_file_has_no_version CHECK ((version IS NULL) = (fault_count > 0))
);
CREATE INDEX grid_imports_by_time ON grid_imports (at);
CREATE INDEX grid_imports_of_a_version ON grid_imports (version);

-- One grid a file adds, changes or leaves out, with the box around where it is and was, in wgs84 degrees.
CREATE TABLE grid_import_changes (
    import bigint NOT NULL REFERENCES grid_imports ON DELETE CASCADE,
    code   text NOT NULL,
    name   text NOT NULL,
    change text NOT NULL,
    what   text[] NOT NULL,
    moved  int NOT NULL,
    west   double precision NOT NULL,
    south  double precision NOT NULL,
    east   double precision NOT NULL,
    north  double precision NOT NULL,
    PRIMARY KEY (import, code),
    CONSTRAINT changes_are_known CHECK (change IN ('ADDED', 'CHANGED', 'REMOVED'))
);
