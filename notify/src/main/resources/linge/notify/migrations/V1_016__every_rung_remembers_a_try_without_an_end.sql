COMMENT ON COLUMN deliveries.sending_since IS
    'Set right before a rung is called, cleared when its answer is known: a try that began then had no end anybody saw.';
