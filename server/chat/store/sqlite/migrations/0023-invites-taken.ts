/** By which invite somebody came, so that it ends with them should they be put out. Of those before, nobody knows. */
export const invitesTaken = `
  ALTER TABLE members ADD COLUMN invite INTEGER REFERENCES invites (id);
  CREATE INDEX members_by_invite ON members (invite) WHERE invite IS NOT NULL;
`;
