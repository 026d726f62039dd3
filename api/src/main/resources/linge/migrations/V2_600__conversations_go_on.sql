-- What people say to the bot, what it answered, and how the talk stands: any node goes on with it.
CREATE TYPE desk_state AS ENUM ('NONE', 'WAITING', 'ANSWERED');
CREATE TYPE chat_side AS ENUM ('RESIDENT', 'BOT', 'STAFF');

CREATE TABLE conversations (
    id            text        PRIMARY KEY,
    -- A resident's, or a visitor's known by the hash of what the browser keeps.
    resident_id   uuid        REFERENCES residents,
    visitor       bytea,
    -- The client's key of the first message: sent again, it finds the conversation it began.
    begun_with    text,
    talk          jsonb,
    version       integer     NOT NULL DEFAULT 0,
    case_number   text,
    desk          desk_state  NOT NULL DEFAULT 'NONE',
    desk_area     text,
    desk_asked_at timestamptz,
    desk_told_at  timestamptz,
    -- Who hears now: others wait until they are done, or until the lease of a crashed node runs out.
    held_by       uuid,
    held_until    timestamptz,
    started_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL,
    CONSTRAINT a_conversation_is_somebodys CHECK (num_nonnulls(resident_id, visitor) = 1),
    CONSTRAINT conversations_cannot_be_guessed CHECK (length(id) >= 20),
    CONSTRAINT a_talk_is_bounded CHECK (pg_column_size(talk) < 400000),
    CONSTRAINT a_lease_ends CHECK ((held_by IS NULL) = (held_until IS NULL)),
    CONSTRAINT a_desk_has_an_area CHECK (desk = 'NONE' OR desk_area IS NOT NULL AND desk_asked_at IS NOT NULL)
);
CREATE UNIQUE INDEX a_resident_begins_once_per_key ON conversations (resident_id, begun_with)
    WHERE resident_id IS NOT NULL AND begun_with IS NOT NULL;
CREATE UNIQUE INDEX a_visitor_begins_once_per_key ON conversations (visitor, begun_with)
    WHERE visitor IS NOT NULL AND begun_with IS NOT NULL;
CREATE INDEX conversations_of_residents ON conversations (resident_id, updated_at) WHERE resident_id IS NOT NULL;
CREATE INDEX conversations_of_visitors ON conversations (visitor, updated_at) WHERE visitor IS NOT NULL;
CREATE INDEX conversations_to_forget ON conversations (updated_at);
CREATE INDEX conversations_on_a_desk ON conversations (desk_asked_at) WHERE desk <> 'NONE';

CREATE TABLE chat_messages (
    id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    conversation text        NOT NULL REFERENCES conversations ON DELETE CASCADE,
    side         chat_side   NOT NULL,
    text         text        NOT NULL,
    -- Choices, card, point, media: as the contract shows them.
    more         jsonb       NOT NULL,
    staff_id     uuid        REFERENCES staff,
    staff_name   text,
    -- Of a resident's message: the client's key, what was sent with it, and the whole answer it got.
    client_key   text,
    request_hash bytea,
    answer       jsonb,
    at           timestamptz NOT NULL,
    CONSTRAINT one_message_per_client_key UNIQUE (conversation, client_key),
    CONSTRAINT only_residents_messages_are_answered CHECK (side = 'RESIDENT' OR num_nonnulls(client_key, request_hash, answer) = 0),
    CONSTRAINT staff_answer_by_name CHECK ((side = 'STAFF') = (staff_id IS NOT NULL)),
    CONSTRAINT messages_are_bounded CHECK (length(text) <= 8000)
);
CREATE INDEX messages_of_a_conversation ON chat_messages (conversation, id);
