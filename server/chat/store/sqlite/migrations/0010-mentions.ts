/** Who was mentioned where, and a read position that may be put back. */
export const mentions = `
  -- As they stand in the message, JSON: people by id with what was typed for them, and the words for many.
  ALTER TABLE messages ADD COLUMN mentions TEXT;

  -- By number, so that what is unread of them is a range; a reply that is in its thread alone has 0. The member 0 is
  -- everyone who was in the channel.
  CREATE TABLE mentions (
    member INTEGER NOT NULL,
    channel INTEGER NOT NULL REFERENCES channels (id),
    number INTEGER NOT NULL,
    -- No reference: it goes in beside the message, at once.
    message INTEGER NOT NULL,
    author INTEGER NOT NULL REFERENCES members (id),
    PRIMARY KEY (member, channel, number, message)
  ) WITHOUT ROWID;
  CREATE INDEX mentions_by_message ON mentions (member, message);

  -- How often it was put back: what another device meant to mark before that is void.
  ALTER TABLE memberships ADD COLUMN read_generation INTEGER NOT NULL DEFAULT 0;
`;
