-- Questions nobody could answer: their words and how often, never who asked.
CREATE TABLE legal_questions (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    asked_as text        NOT NULL,
    question text        NOT NULL,
    times    integer     NOT NULL,
    nearest  text,
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    done_at  timestamptz,
    CONSTRAINT one_row_a_question UNIQUE (asked_as),
    CONSTRAINT questions_are_short CHECK (length(question) BETWEEN 1 AND 300),
    CONSTRAINT a_question_was_asked CHECK (times > 0)
);
CREATE INDEX legal_questions_open ON legal_questions (times DESC, last_at DESC) WHERE done_at IS NULL;
CREATE INDEX legal_questions_to_forget ON legal_questions (last_at);

-- Cards written in this city: drafts, and what of them is published (as Markdown, in the format of all cards).
CREATE TABLE card_drafts (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    version           integer     NOT NULL DEFAULT 0,
    question          bigint      REFERENCES legal_questions ON DELETE SET NULL,
    content           jsonb       NOT NULL,
    published_version integer,
    published         text,
    updated_at        timestamptz NOT NULL,
    updated_by        text        NOT NULL,
    CONSTRAINT one_draft_a_question UNIQUE (question),
    CONSTRAINT what_is_published_has_words CHECK ((published IS NULL) = (published_version IS NULL)),
    CONSTRAINT drafts_are_bounded CHECK (pg_column_size(content) < 200000)
);
CREATE INDEX cards_published ON card_drafts (id) WHERE published IS NOT NULL;

-- What was applied for besides what the case says.
CREATE TABLE legal_aid (
    case_id    uuid        PRIMARY KEY REFERENCES cases,
    answers    jsonb       NOT NULL,
    outcome    text        NOT NULL,
    matter     text        NOT NULL,
    applicant  text,
    facts      text        NOT NULL,
    opponent   text,
    limitation date,
    at_once    boolean     NOT NULL,
    missing    jsonb       NOT NULL,
    CONSTRAINT outcomes_are_known CHECK (outcome IN ('ELIGIBLE', 'NEEDS_PROOF', 'NOT_ELIGIBLE', 'ROUTED'))
);

-- Files of statutes: every node builds its own index from the newest that can be read.
CREATE TABLE statute_files (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    bytes       bigint      NOT NULL,
    uploaded_at timestamptz NOT NULL,
    uploaded_by text        NOT NULL,
    problem     text,
    CONSTRAINT a_statute_file_has_bytes CHECK (bytes > 0)
);
CREATE TABLE statute_chunks (
    file bigint  NOT NULL REFERENCES statute_files ON DELETE CASCADE,
    nth  integer NOT NULL,
    data bytea   NOT NULL,
    PRIMARY KEY (file, nth)
);
