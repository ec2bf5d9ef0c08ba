/** The log, and the tables that it keeps true. `head` is the seq of the last event in that row's own stream. */
export const firstLight = `
  CREATE TABLE log (id TEXT NOT NULL, pruned INTEGER NOT NULL DEFAULT 0);

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    author INTEGER,
    replica TEXT NOT NULL,
    at INTEGER NOT NULL,
    payload TEXT NOT NULL
  );

  CREATE TABLE workspace (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    name TEXT,
    set_up_token TEXT,
    -- Where everyone starts.
    default_channel INTEGER REFERENCES channels (id),
    head INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE members (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'guest')),
    password_hash TEXT,
    created_at INTEGER NOT NULL,
    head INTEGER NOT NULL DEFAULT 0
  );

  CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    member INTEGER NOT NULL REFERENCES members (id),
    secret_hash TEXT NOT NULL UNIQUE,
    -- The one before, good for a moment longer: another tab may be asking with it right now.
    previous_hash TEXT UNIQUE,
    previous_until INTEGER NOT NULL DEFAULT 0,
    renewed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
  );

  CREATE TABLE channels (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    folded_name TEXT NOT NULL,
    topic TEXT NOT NULL,
    private INTEGER NOT NULL,
    created_by INTEGER NOT NULL REFERENCES members (id),
    client_id TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_number INTEGER NOT NULL DEFAULT 0,
    head INTEGER NOT NULL DEFAULT 0,
    UNIQUE (created_by, client_id)
  );
  -- Private ones may share a name: a refusal would tell that one exists.
  CREATE UNIQUE INDEX public_channels_by_name ON channels (folded_name) WHERE private = 0;

  CREATE TABLE memberships (
    member INTEGER NOT NULL REFERENCES members (id),
    channel INTEGER NOT NULL REFERENCES channels (id),
    read_number INTEGER NOT NULL,
    PRIMARY KEY (member, channel)
  ) WITHOUT ROWID;
  CREATE INDEX memberships_by_channel ON memberships (channel);

  -- A message's id is the seq of the event that posted it.
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    channel INTEGER NOT NULL REFERENCES channels (id),
    number INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES members (id),
    client_id TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL,
    replica TEXT NOT NULL,
    -- Ids of one time are neighbours: a batch touches few pages of this index.
    UNIQUE (client_id, author)
  );
  CREATE INDEX messages_by_channel ON messages (channel, id);

  CREATE TABLE invites (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE,
    guests INTEGER NOT NULL,
    uses INTEGER NOT NULL DEFAULT 0,
    maximum_uses INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked INTEGER NOT NULL DEFAULT 0,
    created_by INTEGER NOT NULL REFERENCES members (id),
    client_id TEXT NOT NULL,
    UNIQUE (created_by, client_id)
  );

  CREATE TABLE attempts (
    key TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    window_ends_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX attempts_by_end ON attempts (window_ends_at);
`;
