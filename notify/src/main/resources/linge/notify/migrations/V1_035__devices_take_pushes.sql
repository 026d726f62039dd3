-- The pair of keys push services know us by, when it was made here and not given by a setting. Devices subscribe to its
-- public half: another pair would make every subscription worthless, so all nodes use this one, for good.
CREATE TABLE vapid_keys (
    one         boolean     NOT NULL DEFAULT true,
    public_key  text        NOT NULL,
    private_key text        NOT NULL,
    made_at     timestamptz NOT NULL,
    CONSTRAINT there_is_one_pair PRIMARY KEY (one),
    CONSTRAINT one_is_one CHECK (one),
    CONSTRAINT keys_have_their_length CHECK (length(public_key) = 87 AND length(private_key) = 43)
);

-- Which of a person's devices took a notice, while another one's push service is still to be tried again. Goes with its delivery.
CREATE TABLE push_taken (
    delivery bigint      NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    device   text        NOT NULL,
    at       timestamptz NOT NULL,
    CONSTRAINT a_device_takes_a_notice_once PRIMARY KEY (delivery, device),
    CONSTRAINT devices_are_named_by_a_hash CHECK (length(device) = 43)
);
