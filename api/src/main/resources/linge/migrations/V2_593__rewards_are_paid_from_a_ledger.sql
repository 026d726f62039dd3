-- Rewards (以奖代补): a ledger of entries that only grows. What was wrong is taken back by an entry of its own; what became of
-- an entry stands in its acts. One person proposes, another approves. Amounts are fen.

CREATE TABLE reward_budgets (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area     text        NOT NULL,
    year     int         NOT NULL,
    amount   bigint      NOT NULL,
    at       timestamptz NOT NULL,
    staff_id uuid        NOT NULL REFERENCES staff,
    why      text        NOT NULL,
    CONSTRAINT counties_have_budgets CHECK (area ~ '^[0-9]{6}$'),
    CONSTRAINT years_of_this_century CHECK (year BETWEEN 2000 AND 2099),
    CONSTRAINT budgets_are_bounded CHECK (amount BETWEEN 0 AND 100000000000)
);
CREATE INDEX reward_budgets_in_force ON reward_budgets (area, year, id DESC);

CREATE TABLE reward_entries (
    id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    area        text        NOT NULL,
    staff_id    uuid        NOT NULL REFERENCES staff,
    period      text        NOT NULL,
    year        int         NOT NULL,
    amount      bigint      NOT NULL,
    ground      text        NOT NULL,
    reverses    bigint REFERENCES reward_entries,
    proposed_by uuid        NOT NULL REFERENCES staff,
    proposed_at timestamptz NOT NULL,
    CONSTRAINT only_reversals_are_negative CHECK ((amount < 0) = (reverses IS NOT NULL) AND amount <> 0),
    CONSTRAINT amounts_are_bounded CHECK (abs(amount) <= 10000000000),
    CONSTRAINT periods_are_years_or_quarters CHECK (period ~ '^[0-9]{4}(Q[1-4])?$'),
    CONSTRAINT nobody_rewards_themselves CHECK (proposed_by <> staff_id)
);
CREATE INDEX reward_entries_of_an_area ON reward_entries (area, year, id DESC);
CREATE INDEX reward_entries_of_a_person ON reward_entries (staff_id, id DESC);
CREATE INDEX reversals_of_an_entry ON reward_entries (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE reward_acts (
    entry_id bigint      NOT NULL REFERENCES reward_entries,
    act      text        NOT NULL,
    staff_id uuid        NOT NULL REFERENCES staff,
    at       timestamptz NOT NULL,
    words    text,
    paid_on  date,
    PRIMARY KEY (entry_id, act),
    CONSTRAINT acts_are_known CHECK (act IN ('APPROVE', 'REFUSE', 'PAY')),
    CONSTRAINT a_payment_has_its_day CHECK ((act = 'PAY') = (paid_on IS NOT NULL)),
    CONSTRAINT a_refusal_says_why CHECK (act <> 'REFUSE' OR words IS NOT NULL)
);
CREATE UNIQUE INDEX one_answer_an_entry ON reward_acts (entry_id) WHERE act IN ('APPROVE', 'REFUSE');

CREATE FUNCTION rewards_take_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.act <> 'PAY' AND EXISTS (SELECT FROM reward_entries e
            WHERE e.id = NEW.entry_id AND NEW.staff_id IN (e.proposed_by, e.staff_id)) THEN
        RAISE EXCEPTION 'whoever proposed a reward, or gets it, does not approve it';
    END IF;
    IF NEW.act = 'PAY' AND NOT EXISTS (SELECT FROM reward_acts WHERE entry_id = NEW.entry_id AND act = 'APPROVE') THEN
        RAISE EXCEPTION 'only what was approved is paid';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER rewards_take_two BEFORE INSERT ON reward_acts FOR EACH ROW EXECUTE FUNCTION rewards_take_two();
CREATE TRIGGER entries_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_entries
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER acts_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_acts
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
CREATE TRIGGER budgets_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON reward_budgets
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation_only_grows();
