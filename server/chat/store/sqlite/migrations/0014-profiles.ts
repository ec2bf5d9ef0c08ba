/** What people say of themselves, their pictures and devices, and the drafts that follow them from one to the other. */
export const profiles = `
  ALTER TABLE members ADD COLUMN pronouns TEXT NOT NULL DEFAULT '';
  ALTER TABLE members ADD COLUMN title TEXT NOT NULL DEFAULT '';
  ALTER TABLE members ADD COLUMN about TEXT NOT NULL DEFAULT '';
  -- IANA's name of it; empty: not told.
  ALTER TABLE members ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
  ALTER TABLE members ADD COLUMN avatar TEXT;
  -- Emoji and text as JSON; it is over at that time without anybody's doing.
  ALTER TABLE members ADD COLUMN status TEXT;
  ALTER TABLE members ADD COLUMN status_until INTEGER;
  -- Written when the last connection has closed, to the minute; whoever hides it has none.
  ALTER TABLE members ADD COLUMN last_seen_at INTEGER;
  ALTER TABLE members ADD COLUMN last_seen_hidden INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX members_by_avatar ON members (avatar) WHERE avatar IS NOT NULL;
  CREATE INDEX members_with_status ON members (id) WHERE status IS NOT NULL;

  -- By the hash of what is in it: who has the same picture has the same row.
  CREATE TABLE avatars (id TEXT PRIMARY KEY, bytes BLOB NOT NULL);

  ALTER TABLE sessions ADD COLUMN opened_at INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE sessions ADD COLUMN used_at INTEGER NOT NULL DEFAULT 0;
  -- Coarse: a browser's and a system's name, and the network rather than the address.
  ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN system TEXT NOT NULL DEFAULT '';
  ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
  CREATE INDEX sessions_by_member ON sessions (member);

  -- A device whose session was ended from another one learns so when it comes, and forgets what it kept.
  CREATE TABLE ended_sessions (
    secret_hash TEXT PRIMARY KEY,
    previous_hash TEXT,
    member INTEGER NOT NULL REFERENCES members (id),
    expires_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX ended_sessions_by_previous ON ended_sessions (previous_hash);

  -- An empty one was sent or given up at that time: an older draft of another device is void.
  CREATE TABLE drafts (
    member INTEGER NOT NULL REFERENCES members (id),
    channel INTEGER NOT NULL REFERENCES channels (id),
    -- The message that it replies to, or 0.
    thread INTEGER NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (member, channel, thread)
  ) WITHOUT ROWID;
`;
