/** What is unread of a thread's mentions is a range too, and a message's own are found without going through anybody's. */
export const threadMentions = `
  -- Of a reply that is in its thread alone: what it replies to, and its number there. Those that are there already get
  -- theirs in the background: all at once they would keep the writer's lock for too long.
  ALTER TABLE mentions ADD COLUMN thread INTEGER;
  ALTER TABLE mentions ADD COLUMN thread_number INTEGER;
  CREATE INDEX mentions_by_thread ON mentions (member, thread, thread_number) WHERE thread IS NOT NULL;
  CREATE INDEX mentions_of_message ON mentions (message);
`;
