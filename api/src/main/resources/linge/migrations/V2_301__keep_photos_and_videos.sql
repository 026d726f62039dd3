-- Photos and short videos: their rows. Their bytes lie in the media store under store_key.

CREATE TYPE media_kind AS ENUM ('PHOTO', 'VIDEO');
CREATE TYPE media_adder AS ENUM ('RESIDENT', 'STAFF');

CREATE TABLE media (
    id         uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    kind       media_kind  NOT NULL,
    -- Who uploaded it: a resident or a staff member, by their id there.
    added_by   media_adder NOT NULL,
    owner      uuid        NOT NULL,
    store_key  text        NOT NULL,
    bytes      bigint      NOT NULL,
    thumbnail_bytes integer NOT NULL,
    width      integer     NOT NULL,
    height     integer     NOT NULL,
    sha256     bytea       NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    -- The case and the line of its history that it belongs to, once it is filed.
    case_id    uuid,
    seq        integer,
    -- In the order the resident put them, from 1.
    place      smallint,
    CONSTRAINT one_row_a_file UNIQUE (store_key),
    CONSTRAINT a_medium_has_bytes CHECK (bytes > 0 AND thumbnail_bytes > 0),
    CONSTRAINT a_medium_has_a_size CHECK (width > 0 AND height > 0),
    CONSTRAINT a_checksum_is_32_bytes CHECK (octet_length(sha256) = 32),
    CONSTRAINT filed_with_a_line_of_history CHECK ((case_id IS NULL) = (seq IS NULL) AND (case_id IS NULL) = (place IS NULL)),
    CONSTRAINT history_counts_from_zero CHECK (seq >= 0)
);

CREATE INDEX media_of_case ON media (case_id, seq) WHERE case_id IS NOT NULL;
CREATE INDEX media_waiting_of_owner ON media (owner) WHERE case_id IS NULL;
CREATE INDEX media_waiting_since ON media (created_at) WHERE case_id IS NULL;
