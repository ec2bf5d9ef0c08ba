/** Edits, deletions and reactions. */
export const changedMessages = `
  -- Of the event that last changed its text.
  ALTER TABLE messages ADD COLUMN edited_seq INTEGER;
  ALTER TABLE messages ADD COLUMN edited_at INTEGER;
  -- Of the event that last changed anything of it.
  ALTER TABLE messages ADD COLUMN changed_seq INTEGER;
  ALTER TABLE messages ADD COLUMN deleted_by INTEGER REFERENCES members (id);

  -- What a message said before; \`seq\` is that of the event that said it.
  CREATE TABLE message_versions (
    message INTEGER NOT NULL REFERENCES messages (id),
    seq INTEGER NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (message, seq)
  ) WITHOUT ROWID;

  CREATE TABLE reactions (
    message INTEGER NOT NULL REFERENCES messages (id),
    emoji TEXT NOT NULL,
    member INTEGER NOT NULL REFERENCES members (id),
    seq INTEGER NOT NULL,
    PRIMARY KEY (message, emoji, member)
  ) WITHOUT ROWID;
`;
