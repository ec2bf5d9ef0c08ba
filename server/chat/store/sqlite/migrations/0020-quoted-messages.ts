/** Where a message is taken out for good, it is looked for who quotes it: without this, through all there are. */
export const quotedMessages = `
  CREATE INDEX messages_by_quoted ON messages (quotes) WHERE quotes IS NOT NULL;
`;
