-- Which of a platform's registered templates carries ours, and how it names the keywords. An operator keeps it.
CREATE TABLE template_map (
    channel     text        NOT NULL,
    template    text        NOT NULL,
    platform_id text        NOT NULL,
    keys        jsonb       NOT NULL DEFAULT '{}',   -- our keyword → the platform's, where they differ
    changed_at  timestamptz NOT NULL,
    PRIMARY KEY (channel, template),
    CONSTRAINT mappings_are_named CHECK (
        channel ~ '^[a-z][a-z0-9-]{0,31}$' AND length(template) BETWEEN 1 AND 64
        AND length(platform_id) BETWEEN 1 AND 128),
    CONSTRAINT keys_are_an_object CHECK (jsonb_typeof(keys) = 'object' AND length(keys::text) <= 2000)
);
