/** What a message's link leads to, by the event that told of it. */
export const previews = `
  CREATE TABLE previews (
    seq INTEGER PRIMARY KEY,
    message INTEGER NOT NULL REFERENCES messages (id),
    -- Without words: taken away by the author, or of a text that was changed.
    state TEXT NOT NULL CHECK (state IN ('shown', 'removed', 'past')),
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    site TEXT NOT NULL
  );
  CREATE INDEX previews_by_message ON previews (message);

  -- How far the log has been looked through for links: the work goes on from there, whoever did it before.
  CREATE TABLE preview_progress (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL);
  INSERT INTO preview_progress (id, seq)
    VALUES (1, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0));
`;
