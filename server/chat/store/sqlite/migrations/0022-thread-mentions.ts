/** What is unread of a thread's mentions is a range too, and a message's own are found without going through anybody's. */
export const threadMentions = `
  -- Of a reply that is in its thread alone: what it replies to, and its number there.
  ALTER TABLE mentions ADD COLUMN thread INTEGER;
  ALTER TABLE mentions ADD COLUMN thread_number INTEGER;
  UPDATE mentions SET (thread, thread_number) = (SELECT m.thread, m.thread_number FROM messages AS m WHERE m.id = message)
  WHERE number = 0;
  CREATE INDEX mentions_by_thread ON mentions (member, thread, thread_number) WHERE thread IS NOT NULL;
  CREATE INDEX mentions_of_message ON mentions (message);
`;
