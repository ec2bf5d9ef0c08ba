/** Every reason for which the server refuses something, as it stands in `error.data.reason`; the page has a sentence for each. */
export const refusalReasons = [
  'already-set-up',
  'attachment-missing',
  'bad-request',
  'channel-archived',
  'channel-name-invalid',
  'channel-name-taken',
  'channel-not-found',
  'channel-text-invalid',
  'client-id-reused',
  'default-channel',
  'file-too-large',
  'file-type-refused',
  'guests-not-allowed',
  'internal',
  'invite-expired',
  'invite-not-found',
  'invite-revoked',
  'invite-used-up',
  'member-not-found',
  'message-empty',
  'message-not-found',
  'message-not-text',
  'message-too-long',
  'name-invalid',
  'name-taken',
  'not-allowed',
  'not-signed-in',
  'origin-refused',
  'overloaded',
  'password-link-wrong',
  'password-too-long',
  'password-too-short',
  'picture-too-large',
  'profile-invalid',
  'reaction-not-emoji',
  'set-up-link-wrong',
  'storage-failed',
  'storage-full',
  'too-large',
  'too-many-attempts',
  'too-many-pins',
  'too-many-reactions',
  'too-many-saved',
  'too-many-subscriptions',
  'too-many-uploads',
  'unknown-procedure',
  'wrong-credentials',
] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** What the sentence may need: a limit that was passed, or when to come back. */
export type RefusalDetails = { limit?: number; retryAfterSeconds?: number };

/** WebSocket close codes that mean something to the page. */
export const closeCodes = {
  /** The replica drains; connect again, another one answers. */
  restarting: 1012,
  /** A frame above `frameBytesLimit`. */
  tooLarge: 1009,
  /** The session is gone (signed out, expired, revoked): show the sign-in, don't reconnect. */
  signedOut: 4001,
} as const;
