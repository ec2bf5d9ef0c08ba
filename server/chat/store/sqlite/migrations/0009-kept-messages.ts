/** Messages that quote or pass on another one, are pinned in their channel, or saved by somebody for themselves. */
export const keptMessages = `
  ALTER TABLE messages ADD COLUMN quotes INTEGER REFERENCES messages (id);
  -- Whose words they were, as JSON.
  ALTER TABLE messages ADD COLUMN forwarded TEXT;

  CREATE TABLE pins (
    message INTEGER PRIMARY KEY REFERENCES messages (id),
    channel INTEGER NOT NULL REFERENCES channels (id),
    pinned_by INTEGER NOT NULL REFERENCES members (id),
    at INTEGER NOT NULL
  );
  CREATE INDEX pins_by_channel ON pins (channel);

  CREATE TABLE saved_messages (
    member INTEGER NOT NULL REFERENCES members (id),
    message INTEGER NOT NULL REFERENCES messages (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (member, message)
  ) WITHOUT ROWID;
  CREATE INDEX saved_messages_by_message ON saved_messages (message);
`;
