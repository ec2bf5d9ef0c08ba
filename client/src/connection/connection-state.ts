/** How this page stands with the server; `since` is in milliseconds since 1970. */
export type ConnectionState =
  | { kind: 'connecting'; since: number }
  | { kind: 'online'; replica: string; log: string; version: string; outdated: boolean }
  | { kind: 'waiting'; since: number; replica: string | undefined }
  | { kind: 'signed-out' };

export type Online = Extract<ConnectionState, { kind: 'online' }>;

export function isOnline(state: ConnectionState): state is Online {
  return state.kind === 'online';
}

/**
 * The proof that nothing is missing: up to where everything has come, holes open now, holes mended so far; and how many
 * events were held against the one before them, in how many streams.
 */
export type Proof = { position: number; missing: number; mended: number; events: number; streams: number };
