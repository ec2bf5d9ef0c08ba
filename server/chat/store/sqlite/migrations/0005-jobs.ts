/** Work in the background that one replica does at a time, whichever takes it. */
export const jobs = `
  CREATE TABLE jobs (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    held_until INTEGER NOT NULL
  ) WITHOUT ROWID;
`;
