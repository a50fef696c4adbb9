-- Both bare stacks store a line with this: one statement, one commit, a dense number under the conversation's row.
-- A message that is sent again is stored again: what a name for each send costs is part of Baton's figure, not of theirs.
WITH counted AS (
    UPDATE conversation SET last_seq = last_seq + 1 WHERE id = $1 RETURNING last_seq
)
INSERT INTO message (conversation, seq, author, client_id, body)
SELECT $1, last_seq, $2, $3, $4 FROM counted
RETURNING seq
