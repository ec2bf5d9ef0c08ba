/** How many migrations a release has to know to run on this data: fewer than there are, since they only add. */
export const oldestCode = `
  CREATE TABLE compatibility (id INTEGER PRIMARY KEY CHECK (id = 1), oldest_code INTEGER NOT NULL);
  INSERT INTO compatibility (id, oldest_code) VALUES (1, 0);
`;
