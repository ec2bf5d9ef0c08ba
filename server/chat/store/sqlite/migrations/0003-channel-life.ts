/** Direct conversations, archives, and what a channel is to each of its members. */
export const channelLife = `
  ALTER TABLE channels ADD COLUMN description TEXT NOT NULL DEFAULT '';
  ALTER TABLE channels ADD COLUMN archived_at INTEGER;
  -- The people of a direct conversation, a sorted JSON array of ids: the same people have one conversation.
  ALTER TABLE channels ADD COLUMN direct_key TEXT;
  CREATE UNIQUE INDEX direct_channels ON channels (direct_key) WHERE direct_key IS NOT NULL;

  ALTER TABLE memberships ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE memberships ADD COLUMN level TEXT NOT NULL DEFAULT 'all' CHECK (level IN ('all', 'mentions', 'nothing'));
  ALTER TABLE memberships ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE memberships ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE memberships ADD COLUMN section TEXT;
  ALTER TABLE memberships ADD COLUMN closed_number INTEGER;
  UPDATE memberships SET owner = 1 WHERE member = (SELECT created_by FROM channels WHERE id = channel);

  ALTER TABLE members ADD COLUMN sidebar TEXT;
`;
