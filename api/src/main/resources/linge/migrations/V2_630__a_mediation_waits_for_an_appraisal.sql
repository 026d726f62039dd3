-- A mediation waits for an appraisal while its time stands still, and may take longer when all want it. New labels can be used only
-- once this is committed.
ALTER TYPE mediation_state ADD VALUE 'PAUSED' AFTER 'MEDIATING';
ALTER TYPE mediation_act ADD VALUE 'EXTEND';
ALTER TYPE mediation_act ADD VALUE 'PAUSE';
ALTER TYPE mediation_act ADD VALUE 'RESUME';
