-- The tables of the two bare stacks: as little as a numbered, durable conversation needs.
CREATE TABLE conversation (
    id text PRIMARY KEY,
    last_seq integer NOT NULL DEFAULT 0
);
CREATE TABLE message (
    conversation text NOT NULL REFERENCES conversation,
    seq integer NOT NULL,
    author text NOT NULL,
    client_id text NOT NULL,
    body text NOT NULL,
    at timestamptz NOT NULL DEFAULT statement_timestamp(),
    PRIMARY KEY (conversation, seq)
);
