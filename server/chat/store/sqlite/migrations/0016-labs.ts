/** Channels that are tried out in and thrown away, and the virtual members who write there. */
export const labs = `
  -- Until when it lasts; after that it goes with all that is in it. Nothing of it is in the log before lab_from.
  ALTER TABLE channels ADD COLUMN lab_until INTEGER;
  ALTER TABLE channels ADD COLUMN lab_from INTEGER;
  CREATE INDEX channels_of_labs ON channels (lab_until) WHERE lab_until IS NOT NULL;
  ALTER TABLE members ADD COLUMN lab INTEGER NOT NULL DEFAULT 0;
`;
