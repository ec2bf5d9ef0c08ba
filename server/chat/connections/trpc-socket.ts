import type { Socket } from 'node:net';
import {
  callTRPCProcedure,
  getTRPCErrorFromUnknown,
  getTRPCErrorShape,
  isTrackedEnvelope,
  TRPCError,
  type TRPCProcedureType,
} from '@trpc/server';
import { parseTRPCMessage, type TRPCClientOutgoingMessage, type TRPCResponseMessage } from '@trpc/server/rpc';
import type { Context, SocketContext } from '../context.ts';
import { type Attached, AttachMarker } from '../events/attach-marker.ts';
import type { Wire } from '../events/wire.ts';
import type { LabFaults } from '../lab/lab-faults.ts';
import type { PushPolicy } from '../notices/push-policy.ts';
import { Refusal } from '../refusal.ts';
import { chatRouter } from '../router.ts';
import type { Session, Store } from '../store/store.ts';
import type { ChatSocket } from './chat-socket.ts';
import { ReadingPace } from './reading-pace.ts';
import { createSocketContext, type Streams } from './socket-context.ts';

/** Calls in one frame: the stock client sends together what is asked in one turn. */
const batchLimit = 50;

/** The stock client's are numbers. Every frame of a subscription repeats its id, and the ring keeps some of them. */
const wireIdLimit = 32;

export type TrpcSocketOptions = Streams & {
  /** What one connection may call on end; a page opening asks for a few dozen things at once. */
  callsPerSecond: number;
  store: Store;
  figures: Context['figures'];
  /** Where it is on. */
  lab: LabFaults | undefined;
  pushPolicy: PushPolicy;
  files: Context['files'];
  onError(error: TRPCError, path: string | undefined): void;
};

type WireId = number | string;
type Asked = Exclude<TRPCClientOutgoingMessage, { method: 'subscription.stop' }>;
/** What each answer repeats of its question. */
type Head = { id: WireId; jsonrpc?: '2.0' };
type Call = { path: string; type: TRPCProcedureType; input: unknown; batchIndex: number };
type Subscription = { readonly id: WireId; readonly path: string; attached: Attached | undefined };

/** Serves the router on one WebSocket, for as long as it is open. */
export function serveTrpc(options: TrpcSocketOptions, socket: ChatSocket, raw: Socket, session: Session): void {
  const connection = new TrpcConnection(options, socket, raw, session);
  const { lab } = options;
  const queue = { lastDueAt: 0 };
  socket.on('message', (data, isBinary) => {
    if (lab === undefined) connection.take(data as Buffer, isBinary);
    else lab.late(queue, () => connection.take(data as Buffer, isBinary));
  });
  const end = () => connection.end();
  socket.on('closing', end);
  raw.on('end', end);
  socket.on('close', end);
}

/**
 * On the wire this is what tRPC's own adapter does, for routers whose subscriptions yield an `AttachMarker` and end:
 * an idle connection holds no generator, promise or signal, which is four fifths of what the adapter takes.
 */
class TrpcConnection implements Wire {
  readonly socket: Socket;
  readonly #options: TrpcSocketOptions;
  readonly #webSocket: ChatSocket;
  readonly #context: Context;
  readonly #socketContext: SocketContext;
  readonly #pace: ReadingPace;
  /** At most one of a path. */
  #subscriptions: Subscription[] = [];

  constructor(options: TrpcSocketOptions, webSocket: ChatSocket, raw: Socket, session: Session) {
    this.socket = raw;
    this.#options = options;
    this.#webSocket = webSocket;
    this.#pace = new ReadingPace(webSocket, raw, options.callsPerSecond);
    const over = createSocketContext(options, webSocket, raw, session);
    this.#socketContext = over;
    const { store, presence, figures, files, pushPolicy } = options;
    this.#context = { store, session, presence, figures, files, pushPolicy, over };
  }

  isOpen(): boolean {
    return this.#webSocket.readyState === this.#webSocket.OPEN && this.socket.writable;
  }

  take(data: Buffer, isBinary: boolean): void {
    this.#pace.count(1); // whatever it is
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return; // whoever was told to go has gone
    const text = isBinary ? '' : data.toString();
    if (text === 'PING') this.#webSocket.send('PONG');
    if (text === 'PING' || text === 'PONG') return;
    for (const [batchIndex, asked] of this.#read(text).entries())
      this.#answer(asked, batchIndex).catch((error: unknown) => this.#report(error, undefined));
  }

  end(): void {
    this.#socketContext.setAway(false);
    for (const { attached } of this.#subscriptions) attached?.detach();
    this.#subscriptions = [];
  }

  #read(text: string): TRPCClientOutgoingMessage[] {
    try {
      const sent: unknown = JSON.parse(text);
      if (!Array.isArray(sent)) return [parse(sent)];
      this.#pace.count(Math.max(0, sent.length - 1));
      if (sent.length <= batchLimit) return sent.map(parse);
      // Each is told, so that no client waits for an answer forever.
      for (const one of sent) this.#refuse(headOf(one), new TRPCError({ code: 'BAD_REQUEST' }));
    } catch (cause) {
      this.#refuse({ id: null }, new TRPCError({ code: 'PARSE_ERROR', cause }));
    }
    return [];
  }

  async #answer(asked: TRPCClientOutgoingMessage, batchIndex: number): Promise<void> {
    const { id, jsonrpc, method } = asked;
    if (id === null) return this.#refuse({ id }, new TRPCError({ code: 'PARSE_ERROR' }));
    const head: Head = jsonrpc === undefined ? { id } : { id, jsonrpc };
    if (method === 'subscription.stop') return this.#stop(head);
    const call: Call = { path: asked.params.path, type: method, input: inputOf(asked), batchIndex };
    try {
      if (method === 'subscription') return await this.#subscribe(head, call);
      const data = await this.#call(call);
      this.#respond({ ...head, result: { type: 'data', data } });
    } catch (cause) {
      this.#refuse(head, this.#report(cause, call.path), call);
    }
  }

  async #subscribe(head: Head, call: Call): Promise<void> {
    const { id } = head;
    if (this.#subscriptions.some((other) => other.id === id)) throw new Refusal('bad-request');
    const taken = this.#subscriptions.some(({ path }) => path === call.path);
    if (taken) throw new Refusal('too-many-subscriptions', { limit: 1 });
    const subscription: Subscription = { id, path: call.path, attached: undefined };
    this.#subscriptions.push(subscription);
    try {
      const marker = await firstOf(await this.#call(call));
      if (!this.isOpen() || !this.#subscriptions.includes(subscription)) return; // stopped meanwhile
      this.#respond({ ...head, result: { type: 'started' } });
      subscription.attached = marker.attach(this, id);
      this.#webSocket.send(subscription.attached.firstFrame);
    } catch (error) {
      this.#subscriptions = this.#subscriptions.filter((other) => other !== subscription);
      throw error;
    }
  }

  #stop(head: Head): void {
    const subscription = this.#subscriptions.find(({ id }) => id === head.id);
    if (subscription === undefined) return;
    this.#subscriptions = this.#subscriptions.filter((other) => other !== subscription);
    subscription.attached?.detach();
    this.#respond({ ...head, result: { type: 'stopped' } });
  }

  #call({ path, type, input, batchIndex }: Call): Promise<unknown> {
    const getRawInput = async () => input;
    const call = { router: chatRouter, path, type, getRawInput, ctx: this.#context, signal: undefined, batchIndex };
    return callTRPCProcedure(call);
  }

  #report(cause: unknown, path: string | undefined): TRPCError {
    const error = getTRPCErrorFromUnknown(cause);
    this.#options.onError(error, path);
    return error;
  }

  #refuse(head: Head | { id: null }, error: TRPCError, call?: Call): void {
    const { path, type, input } = call ?? { path: undefined, type: 'unknown' as const, input: undefined };
    const shape = { config: chatRouter._def._config, error, type, path, input, ctx: this.#context };
    this.#respond({ ...head, error: getTRPCErrorShape(shape) });
  }

  #respond(message: TRPCResponseMessage): void {
    if (this.isOpen()) this.#webSocket.send(JSON.stringify(message));
  }
}

function parse(sent: unknown): TRPCClientOutgoingMessage {
  const asked = parseTRPCMessage(sent, chatRouter._def._config.transformer);
  if (typeof asked.id === 'string' && asked.id.length > wireIdLimit) throw new Error('An id is too long');
  return asked;
}

/** Of something that isn't parsed yet. */
function headOf(sent: unknown): Head | { id: null } {
  const id = (sent as { id?: unknown } | null)?.id;
  return { id: typeof id === 'number' || (typeof id === 'string' && id.length <= wireIdLimit) ? id : null };
}

/** A resuming client names its cursor beside the input that it first subscribed with. */
function inputOf({ params: { input, lastEventId } }: Asked): unknown {
  if (lastEventId === undefined) return input;
  return typeof input === 'object' && input !== null ? { ...input, lastEventId } : (input ?? { lastEventId });
}

async function firstOf(values: unknown): Promise<AttachMarker> {
  for await (const value of values as AsyncIterable<unknown>) {
    const marker = isTrackedEnvelope(value) ? value[1] : value;
    if (marker instanceof AttachMarker) return marker;
    break;
  }
  throw new Error('A subscription has to yield what attaches its connection');
}
