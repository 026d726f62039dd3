-- What following a lead changes, as it was before: splitting brings it back.
ALTER TABLE cases
    ADD COLUMN aside jsonb,
    ADD CONSTRAINT merged_cases_remember CHECK ((merged_into IS NULL) = (aside IS NULL));
