-- One index for each order a list can have, and for each condition that leaves few cases of very many. What is open is told by
-- what is closed: a state added later is open until somebody says otherwise.
CREATE INDEX open_cases_by_due ON cases (coalesce(due_at, timestamptz '9999-01-01Z'), id)
    WHERE state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE INDEX open_cases_of_an_area ON cases (area text_pattern_ops)
    WHERE state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE INDEX open_cases_on_a_desk ON cases (holder_area, holder_department, coalesce(due_at, timestamptz '9999-01-01Z'), id)
    WHERE state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE INDEX supervised_cases ON cases (coalesce(due_at, timestamptz '9999-01-01Z'), id)
    WHERE supervised AND state NOT IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE INDEX cases_by_filing ON cases (filed_at, id);
CREATE INDEX cases_by_update ON cases (updated_at, id);
CREATE INDEX closed_cases_by_update ON cases (state, updated_at, id)
    WHERE state IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE INDEX closed_cases_by_filing ON cases (state, filed_at, id)
    WHERE state IN ('REPORTED', 'RATED', 'ARCHIVED', 'DECLINED', 'WITHDRAWN');
CREATE INDEX emergencies ON cases (updated_at, id) WHERE urgency = 'EMERGENCY';
CREATE INDEX cases_by_category ON cases (category text_pattern_ops, filed_at);
CREATE INDEX cases_by_department ON cases (holder_department, updated_at) WHERE holder_department IS NOT NULL;
CREATE INDEX cases_by_holder ON cases (holder_area, updated_at, id);
CREATE INDEX cases_by_number ON cases (number text_pattern_ops);
CREATE INDEX cases_sent_back ON case_history (case_id) WHERE move = 'RETURN';
DROP INDEX cases_on_a_desk;

-- A town is less than one of the hundred slices of the usual statistics: the planner would take its cases for a handful.
ALTER TABLE cases ALTER COLUMN area SET STATISTICS 1000;
