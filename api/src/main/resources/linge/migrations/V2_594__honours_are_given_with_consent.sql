-- The honour roll: whoever is chosen says how they may be shown, and may say otherwise at any time. Without a word, colleagues see
-- it and nobody outside.
CREATE TABLE honours (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    area        text        NOT NULL,
    staff_id    uuid        NOT NULL REFERENCES staff,
    period_id   uuid        NOT NULL REFERENCES evaluation_periods,
    words       text        NOT NULL,
    chosen_by   uuid        NOT NULL REFERENCES staff,
    chosen_at   timestamptz NOT NULL,
    consent     text,
    answered_at timestamptz,
    ended_at    timestamptz,
    CONSTRAINT one_honour_a_period UNIQUE (period_id, staff_id),
    CONSTRAINT consents_are_known CHECK (consent IN ('NAMED', 'MASKED', 'DECLINED')),
    CONSTRAINT consent_has_its_time CHECK ((consent IS NULL) = (answered_at IS NULL)),
    CONSTRAINT nobody_honours_themselves CHECK (chosen_by <> staff_id)
);
CREATE INDEX honours_of_an_area ON honours (area text_pattern_ops, chosen_at DESC);
CREATE INDEX honours_of_a_person ON honours (staff_id);
