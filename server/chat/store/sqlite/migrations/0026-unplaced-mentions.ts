/** Mentions in threads that were written by a release that didn't count them there. */
export const unplacedMentions = `
  CREATE INDEX mentions_unplaced ON mentions (message) WHERE number = 0 AND thread IS NULL;
`;
