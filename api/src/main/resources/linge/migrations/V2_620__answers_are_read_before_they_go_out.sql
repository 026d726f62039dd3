-- How strictly answers are read in an area and all below it that says nothing of its own. Every version is kept; the newest counts.
CREATE TABLE reply_policies (
    id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area   text NOT NULL,
    stance text NOT NULL,
    why    text NOT NULL,
    set_by uuid NOT NULL REFERENCES staff,
    set_at timestamptz NOT NULL,
    CONSTRAINT a_stance_is_known CHECK (stance IN ('REMIND', 'STOP')),
    CONSTRAINT policies_say_why CHECK (length(why) BETWEEN 1 AND 200)
);
CREATE INDEX reply_policies_by_area ON reply_policies (area, id DESC);

-- By which numbers a nearly equal answer is found: some for each answer, looked up one by one, the newest few of each. So long as it
-- takes is the same with a thousand answers and a million.
CREATE TABLE reply_prints (
    print   bigint NOT NULL,
    at      timestamptz NOT NULL,
    case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    PRIMARY KEY (print, at, case_id)
);
CREATE INDEX reply_prints_of_a_case ON reply_prints (case_id);

-- What went out although the check had something to say, and by whose leave.
CREATE TABLE reply_readings (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id  uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    seq      int NOT NULL,
    move     case_move NOT NULL,
    area     text NOT NULL,
    kinds    text[] NOT NULL,
    release  bigint,
    staff_id uuid NOT NULL REFERENCES staff,
    at       timestamptz NOT NULL
);
CREATE INDEX reply_readings_of_a_case ON reply_readings (case_id, seq);
