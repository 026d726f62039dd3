-- Grids come in whole sets. A new set never changes an old one: a case keeps the grid it was filed in.
CREATE TYPE grid_kind AS ENUM ('RESIDENTIAL', 'DEDICATED');
CREATE TYPE grid_use AS ENUM ('SCHOOL', 'HOSPITAL', 'PARK', 'MARKET', 'BUSINESS');

CREATE TABLE grid_versions (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    effective_from date        NOT NULL,
    source         text        NOT NULL,
    demo           boolean     NOT NULL,
    imported_by    text        NOT NULL,
    imported_at    timestamptz NOT NULL,
    CONSTRAINT a_version_says_where_it_came_from CHECK (source <> '' AND imported_by <> '')
);

-- The ground is generated once, however many nodes start at the same moment.
CREATE UNIQUE INDEX only_one_version_is_generated ON grid_versions (demo) WHERE demo;
CREATE INDEX grid_versions_by_day ON grid_versions (effective_from DESC, id DESC);

CREATE TABLE grids (
    version      bigint    NOT NULL REFERENCES grid_versions (id),
    code         text      NOT NULL,
    name         text      NOT NULL,
    kind         grid_kind NOT NULL,
    use          grid_use,
    village_code text      NOT NULL,
    households   integer   NOT NULL,
    outline      bytea     NOT NULL,
    PRIMARY KEY (version, code),
    CONSTRAINT a_grid_code_has_fifteen_digits CHECK (code ~ '^[0-9]{15}$'),
    CONSTRAINT a_grid_lies_in_its_village CHECK (starts_with(code, village_code) AND length(village_code) = 12),
    CONSTRAINT only_dedicated_grids_have_a_use CHECK ((kind = 'DEDICATED') = (use IS NOT NULL)),
    CONSTRAINT households_are_counted CHECK (households BETWEEN 0 AND 1000000),
    CONSTRAINT a_grid_has_a_name CHECK (name <> '')
);

COMMENT ON COLUMN grids.outline IS 'WKB, wgs84 degrees, longitude first';
COMMENT ON COLUMN grid_versions.effective_from IS 'first day in force, Asia/Shanghai; the latest day that has come wins, then the latest id';
