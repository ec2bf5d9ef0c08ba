import type { DemoPerson } from '../../shared/protocol.ts';
import type { FiguresReport } from '../../shared/replica-figures.ts';
import type { TicketSigner } from '../ticket.ts';
import type { AttachMarker } from './events/attach-marker.ts';
import type { FilesContext } from './files/start-files.ts';
import type { CountAttempt } from './identity/attempts.ts';
import type { PushPolicy } from './notices/push-policy.ts';
import type { Presence } from './presence/presence.ts';
import type { MemberStreams, Session, Store } from './store/store.ts';

/** What a procedure may use, made once a WebSocket or once an HTTP request. */
export type Context = {
  store: Store;
  session: Session | undefined;
  presence: Presence;
  files: FilesContext;
  /** How every replica is, and was after a time. */
  figures(after: number): FiguresReport;
  pushPolicy: PushPolicy;
  over: SocketContext | HttpContext;
};

/** What only a procedure over plain HTTP can do. */
export type HttpContext = {
  kind: 'http';
  cookie: SessionCookie;
  /** Where the client is, as the balancer saw it: what attempts are counted by. */
  place: string;
  countAttempt: CountAttempt;
  /** Whom anybody on this machine may enter as; undefined outside of the demo. */
  demo: DemoPerson[] | undefined;
  signTicket: TicketSigner;
  /** Whether the lab can be opened here. */
  lab: boolean;
};

/** What only a procedure over a WebSocket can do. */
export type SocketContext = {
  kind: 'socket';
  /** Does the work once this connection has read enough of what it asked for before. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  events(streams: MemberStreams, lastEventId: string | undefined): AttachMarker;
  ephemeral(): AttachMarker;
  setAway(away: boolean): void;
  typing(place: { channel: number; thread?: number | undefined }): void;
};

/** The session's cookie in this request and its answer. */
export type SessionCookie = {
  /** SHA-256 of the secret that came with the request. */
  secretHash: string | undefined;
  set(secret: string, expiresAt: number): void;
  clear(): void;
};
