/** One-time links to a new password: one a person, and only their hashes. */
export const passwordLinks = `
  CREATE TABLE password_links (
    member INTEGER PRIMARY KEY REFERENCES members (id),
    secret_hash TEXT NOT NULL UNIQUE,
    expires_at INTEGER NOT NULL,
    -- NULL: whoever runs the machine.
    made_by INTEGER REFERENCES members (id)
  );
`;
