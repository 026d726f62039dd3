-- What people call an area beside its own name, added by those who look after it. Rows are never deleted: removing is a day.
CREATE TYPE area_name_kind AS ENUM ('FORMER', 'MERGED', 'OTHER', 'ESTATE');

CREATE TABLE area_names (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area       text NOT NULL,
    name       text NOT NULL,
    kind       area_name_kind NOT NULL,
    added_at   timestamptz NOT NULL,
    added_by   uuid NOT NULL REFERENCES staff,
    removed_at timestamptz,
    removed_by uuid REFERENCES staff,
    CONSTRAINT places_have_names_and_grids_none CHECK (area ~ '^[0-9]{4}([0-9]{2}([0-9]{3}([0-9]{3})?)?)?$'),
    CONSTRAINT a_name_is_short CHECK (char_length(name) BETWEEN 2 AND 20 AND name !~ '\s'),
    CONSTRAINT who_removes_is_known CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
CREATE UNIQUE INDEX a_name_of_an_area_once ON area_names (area, name) WHERE removed_at IS NULL;
