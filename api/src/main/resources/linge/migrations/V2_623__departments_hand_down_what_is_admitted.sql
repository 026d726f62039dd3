-- What departments may hand to the grids of an area (准入清单), a list as a whole in force from a day on. The newest of a day counts.
CREATE TABLE admission_lists (
    id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area      text NOT NULL,
    effective date NOT NULL,
    example   boolean NOT NULL,
    why       text NOT NULL,
    set_by    uuid NOT NULL REFERENCES staff,
    set_name  text NOT NULL,
    set_at    timestamptz NOT NULL
);
CREATE INDEX admission_lists_by_area ON admission_lists (area, effective DESC, id DESC);
CREATE TABLE admission_items (
    list_id    bigint NOT NULL REFERENCES admission_lists ON DELETE CASCADE,
    position   int NOT NULL,
    code       text NOT NULL,
    department text NOT NULL,
    item       text NOT NULL,
    handler    text NOT NULL,
    days       int NOT NULL,
    categories text[] NOT NULL,
    PRIMARY KEY (list_id, code),
    CONSTRAINT a_handler_is_known CHECK (handler IN ('GRID', 'GRID_AND_DEPARTMENT')),
    CONSTRAINT admitted_work_takes_days CHECK (days BETWEEN 1 AND 60)
);
