/** Who is told of a message while they don't look, and on which of their devices. */
export const notices = `
  -- How somebody wants to be noticed, JSON.
  ALTER TABLE members ADD COLUMN notices TEXT;

  -- The pair by which push services know this workspace, made once: they refuse what comes under another.
  CREATE TABLE notice_key (id INTEGER PRIMARY KEY CHECK (id = 1), public_key TEXT NOT NULL, private_key TEXT NOT NULL);

  -- A device ends with its session, and with it all that was to come to it.
  CREATE TABLE push_devices (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    member INTEGER NOT NULL REFERENCES members (id),
    endpoint TEXT NOT NULL UNIQUE,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    language TEXT NOT NULL,
    -- Messages from here on.
    since INTEGER NOT NULL,
    -- When the page last said that it is still so.
    heard_at INTEGER NOT NULL,
    -- In a row, and until when it is left alone after the last of them.
    failures INTEGER NOT NULL DEFAULT 0,
    paused_until INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX push_devices_by_member ON push_devices (member);
  CREATE INDEX push_devices_by_session ON push_devices (session);

  -- One row a device and place (a channel, or a thread of it; 0 for none): however much is said, it stays one.
  CREATE TABLE due_notices (
    device INTEGER NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
    channel INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    -- The last few, JSON, ascending; and how many there were.
    messages TEXT NOT NULL,
    count INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (device, channel, thread)
  ) WITHOUT ROWID;
  CREATE INDEX due_notices_by_time ON due_notices (due_at);

  -- What a device shows of a place: up to which message. It is withdrawn once that was read elsewhere.
  CREATE TABLE shown_notices (
    device INTEGER NOT NULL REFERENCES push_devices (id) ON DELETE CASCADE,
    channel INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (device, channel, thread)
  ) WITHOUT ROWID;

  -- How far the log has been looked through: the work goes on from there, whoever did it before.
  CREATE TABLE notice_progress (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL);
  INSERT INTO notice_progress (id, seq) VALUES (1, 0);
`;
