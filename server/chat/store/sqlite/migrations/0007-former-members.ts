/** People who were removed; what they wrote stays, unless it was to be deleted with them. */
export const formerMembers = `
  ALTER TABLE members ADD COLUMN removed_at INTEGER;
  -- Who wants all of their messages deleted, while some are left, and up to which of them it has been done.
  ALTER TABLE members ADD COLUMN purge_by INTEGER REFERENCES members (id);
  ALTER TABLE members ADD COLUMN purged_to INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX members_to_purge ON members (id) WHERE purge_by IS NOT NULL;
`;
