/** Which passwords were set by a link, for those whose they are. */
export const passwordResets = `
  CREATE TABLE password_resets (
    id INTEGER PRIMARY KEY,
    member INTEGER NOT NULL REFERENCES members (id),
    -- Who made the link; NULL: whoever runs the machine.
    made_by INTEGER REFERENCES members (id),
    at INTEGER NOT NULL
  );
  CREATE INDEX password_resets_by_member ON password_resets (member);
`;
