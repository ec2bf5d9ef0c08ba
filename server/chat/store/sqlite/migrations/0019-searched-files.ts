/** Messages are found by the names of their files too, which are part of what the index has of them. */
export const searchedFiles = `
  -- As JSON.
  ALTER TABLE search_stale ADD COLUMN files TEXT NOT NULL DEFAULT '[]';

  DROP TRIGGER message_text_changed;
  CREATE TRIGGER message_text_changed AFTER UPDATE OF text ON messages
  WHEN old.text <> new.text AND old.id <= (SELECT message FROM search_progress)
  BEGIN
    INSERT INTO search_stale (message, text, files) VALUES (old.id, old.text, (
      SELECT json_group_array(json(f.attachment)) FROM attachments AS a JOIN files AS f ON f.id = a.file
      WHERE a.message = old.id
    ));
  END;

  -- Before its text is emptied a deleted message loses its files, the first of them while all are there.
  CREATE TRIGGER message_files_removed BEFORE DELETE ON attachments
  WHEN old.message <= (SELECT message FROM search_progress)
    AND NOT EXISTS (SELECT 1 FROM search_stale WHERE message = old.message)
  BEGIN
    INSERT INTO search_stale (message, text, files) SELECT m.id, m.text, (
      SELECT json_group_array(json(f.attachment)) FROM attachments AS a JOIN files AS f ON f.id = a.file
      WHERE a.message = m.id
    ) FROM messages AS m WHERE m.id = old.message;
  END;
`;
