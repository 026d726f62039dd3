-- DELIVERED: a receipt says so. MERGED: told together with a later one about the same matter. Alone in this file, for a
-- new label can be used only after the transaction that adds it.
ALTER TYPE delivery_state ADD VALUE 'DELIVERED' AFTER 'SENT';
ALTER TYPE delivery_state ADD VALUE 'MERGED' AFTER 'PASSED_ON';
