/** Uploads, what they have become, and the messages that carry them. The bytes are on the volume beside this file. */
export const files = `
  -- From the announcement of an upload on; its id is all that anybody needs to ask for it, so nobody can guess one.
  CREATE TABLE files (
    id TEXT PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES members (id),
    name TEXT NOT NULL,
    -- As announced.
    bytes INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('uploading', 'received', 'ready', 'refused')),
    refusal TEXT,
    -- Once it is ready, as JSON: what messages say of it.
    attachment TEXT,
    -- A message has carried it.
    sent INTEGER NOT NULL DEFAULT 0,
    touched_at INTEGER NOT NULL,
    -- Who works on it right now, until when, and whether somebody else waits for that.
    holder TEXT,
    held_until INTEGER NOT NULL DEFAULT 0,
    wanted INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX unsent_files ON files (member, touched_at) WHERE sent = 0;
  CREATE INDEX received_files ON files (state) WHERE state = 'received';

  -- What lies on the volume, once, however many files have it.
  CREATE TABLE contents (
    key TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes INTEGER NOT NULL
  ) WITHOUT ROWID;
  -- A file itself, and of a picture its smaller ones.
  CREATE TABLE file_contents (
    file TEXT NOT NULL REFERENCES files (id),
    variant TEXT NOT NULL CHECK (variant IN ('original', 'view', 'small')),
    key TEXT NOT NULL REFERENCES contents (key),
    PRIMARY KEY (file, variant)
  ) WITHOUT ROWID;
  CREATE INDEX file_contents_by_key ON file_contents (key);
  -- To be taken from the volume: no file has them any more, and no key is ever given twice.
  CREATE TABLE doomed_contents (key TEXT PRIMARY KEY) WITHOUT ROWID;

  CREATE TABLE attachments (
    message INTEGER NOT NULL REFERENCES messages (id),
    position INTEGER NOT NULL,
    file TEXT NOT NULL REFERENCES files (id),
    PRIMARY KEY (message, position)
  ) WITHOUT ROWID;
  CREATE INDEX attachments_by_file ON attachments (file);
`;
