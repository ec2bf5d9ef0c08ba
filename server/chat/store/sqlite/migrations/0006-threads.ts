/** Replies to a message. One that isn't in its channel too has the number 0 there: it counts in its thread alone. */
export const threads = `
  ALTER TABLE messages ADD COLUMN thread INTEGER REFERENCES messages (id);
  ALTER TABLE messages ADD COLUMN thread_number INTEGER;
  CREATE INDEX messages_by_thread ON messages (thread, id) WHERE thread IS NOT NULL;

  CREATE TABLE threads (
    root INTEGER PRIMARY KEY REFERENCES messages (id),
    channel INTEGER NOT NULL REFERENCES channels (id),
    -- Without those that were deleted.
    replies INTEGER NOT NULL DEFAULT 0,
    last_number INTEGER NOT NULL DEFAULT 0,
    last_at INTEGER NOT NULL,
    -- The last ones who replied, newest first, as JSON.
    repliers TEXT NOT NULL DEFAULT '[]'
  );
  CREATE INDEX threads_by_channel ON threads (channel);

  -- A row also where somebody has stopped following, so that nothing makes them follow again but their own reply.
  CREATE TABLE thread_follows (
    member INTEGER NOT NULL REFERENCES members (id),
    root INTEGER NOT NULL REFERENCES threads (root),
    following INTEGER NOT NULL,
    read_number INTEGER NOT NULL,
    PRIMARY KEY (member, root)
  ) WITHOUT ROWID;
`;
