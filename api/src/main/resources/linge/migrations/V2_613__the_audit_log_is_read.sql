CREATE INDEX audit_log_of_an_act ON audit_log (act text_pattern_ops, id);
