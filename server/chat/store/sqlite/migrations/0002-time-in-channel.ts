/**
 * The seq at which the membership began: an event before it is of a time that its member wasn't in the channel. 0 where
 * a release that didn't know of it let the member in.
 */
export const timeInChannel = `
  ALTER TABLE memberships ADD COLUMN joined_seq INTEGER NOT NULL DEFAULT 0;
`;
