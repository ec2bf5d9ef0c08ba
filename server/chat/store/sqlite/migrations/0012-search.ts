/**
 * Where words are, for the search. What it finds is compared with the messages themselves: it may lag behind them, but
 * must never hold what they no longer say.
 */
export const search = `
  -- Each message up to here stands in the index with what it says now; \`version\` is of how its words were taken out.
  CREATE TABLE search_progress (
    id INTEGER PRIMARY KEY CHECK (id = 1), message INTEGER NOT NULL, version INTEGER NOT NULL
  );
  INSERT INTO search_progress (id, message, version) VALUES (1, 0, 0);

  -- Rows are messages; tokens are whole words, signs, its channel, its author, and what it has.
  CREATE VIRTUAL TABLE search_index USING fts5 (
    tokens, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '#@!._-/:+'"
  );
  INSERT INTO search_index (search_index, rank) VALUES ('secure-delete', 1);

  -- The words of all messages, and which have three letters in a row: what is looked for may be inside of them.
  CREATE TABLE search_words (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
  CREATE VIRTUAL TABLE search_parts USING fts5 (
    word, content = 'search_words', content_rowid = 'id', columnsize = 0, detail = none,
    tokenize = 'trigram case_sensitive 1'
  );
  INSERT INTO search_parts (search_parts, rank) VALUES ('secure-delete', 1);

  -- What a message said when it was indexed, until that is taken out; in the same transaction, but for releases that
  -- didn't know of the search.
  CREATE TABLE search_stale (id INTEGER PRIMARY KEY, message INTEGER NOT NULL, text TEXT NOT NULL);
  CREATE INDEX search_stale_by_message ON search_stale (message);
  CREATE TRIGGER message_text_changed AFTER UPDATE OF text ON messages
  WHEN old.text <> new.text AND old.id <= (SELECT message FROM search_progress)
  BEGIN
    INSERT INTO search_stale (message, text) VALUES (old.id, old.text);
  END;
`;
