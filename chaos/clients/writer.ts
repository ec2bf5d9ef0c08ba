import { setTimeout as delay } from 'node:timers/promises';
import { mintClientId } from '../../shared/client-id.ts';
import type { SendMessage } from '../../shared/protocol.ts';
import type { RefusalReason } from '../../shared/refusals.ts';
import type { Random } from '../random.ts';
import { type Acknowledgements, createAcknowledgements } from '../records/acknowledgements.ts';
import type { TurnedAway } from '../records/turned-away.ts';
import { createStockClient, type Doorway, refusalOf, type StockClient } from './stock-client.ts';

/** Sends as fast as it is answered, and sends again under the same id what it doesn't know the fate of. */
export type Writer = {
  readonly client: StockClient;
  readonly acknowledgements: Acknowledgements;
  /** Messages whose sending was begun, each counted once. */
  readonly begun: number;
  /** Those with an answer that were sent again on purpose. */
  readonly repeats: number;
  /** Messages with an answer, each counted once. */
  readonly acknowledged: number;
  readonly refusals: Map<RefusalReason, number>;
  /** Of these, those of a channel that the person is in by what they know, or was a moment ago. */
  readonly turnedAway: TurnedAway[];
  /** Sends that were repeated since their outcome was unknown. */
  readonly retries: number;
  /** Starts nothing new, resolves once everything has its answer. */
  finish(): Promise<void>;
  close(): void;
};

const retryMs = 150;
/** As the page has it, an answer that doesn't come counts as lost. */
const answerWithinMs = 6_000;
const keptForLater = 50;

export function createWriter(options: {
  member: number;
  door: Doorway;
  inFlight: number;
  /** The channels that the person is in at this moment. */
  channels(): readonly number[];
  /** A point of the log before the person joined a channel of these. */
  joinedAfter?(channel: number): number;
  /** The log has come to here, by the answer to a send that was begun after all that was answered before. */
  onSeq?(seq: number): void;
  /** Another connection of the same person, on whichever replica. */
  otherClient(): StockClient;
  random: Random;
  /** Resolves when the next message may begin; without it each follows the one before. */
  turn?(): Promise<unknown>;
  /** How likely a message that has its answer is sent again at once. */
  again?(): number;
}): Writer {
  const { random } = options;
  const client = createStockClient(options.door);
  const acknowledgements = createAcknowledgements(options.member);
  const refusals = new Map<RefusalReason, number>();
  const turnedAway: TurnedAway[] = [];
  const old: SendMessage[] = [];
  const waitingSince = new Set<{ at: number }>();
  let begun = 0;
  let acknowledged = 0;
  let retries = 0;
  let repeats = 0;
  let finishing = false;
  let closed = false;

  const watchdog = setInterval(() => {
    const [oldest] = waitingSince;
    if (oldest === undefined || performance.now() - oldest.at < answerWithinMs) return;
    waitingSince.clear();
    client.vanish(); // fails all that waits, which is then sent again
  }, 500);

  async function work(): Promise<void> {
    /** What waits for the place of a later message. */
    let open: TurnedAway[] = [];
    while (!finishing) {
      await options.turn?.();
      if (finishing) break;
      const channels = options.channels();
      if (channels.length === 0) {
        await delay(retryMs);
        continue;
      }
      const message = { channel: random.pick(channels), clientId: mintClientId(), text: textOf(random) };
      const joinedAfter = options.joinedAfter?.(message.channel) ?? 0;
      begun += 1;
      const seq = await deliver(client, message);
      if (seq === 'turned-away') {
        const { member } = options;
        const one = { member, channel: message.channel, joinedAfter, before: Number.POSITIVE_INFINITY };
        turnedAway.push(one);
        open.push(one);
      }
      if (typeof seq !== 'number') continue;
      for (const one of open) one.before = seq;
      open = [];
      acknowledged += 1;
      await sometimesAgain(message);
    }
  }

  /** Its seq, or that it was refused for good; undefined where nobody waits for an answer any more. */
  async function deliver(through: StockClient, message: SendMessage): Promise<number | 'turned-away' | undefined> {
    while (!closed) {
      const waiting = { at: performance.now() };
      waitingSince.add(waiting);
      try {
        const { seq } = await through.trpc.messages.send.mutate(message);
        acknowledgements.add(message.clientId, seq);
        options.onSeq?.(seq);
        return seq;
      } catch (error) {
        const reason = refusalOf(error);
        if (reason === undefined) retries += 1;
        else refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
        if (reason === 'channel-not-found') return 'turned-away';
      } finally {
        waitingSince.delete(waiting);
      }
      await delay(retryMs * (0.5 + Math.random()));
    }
    return undefined;
  }

  /** What has its answer is sent again, at once or much later, on a connection to whichever replica. */
  async function sometimesAgain(message: SendMessage): Promise<void> {
    if (random.chance(0.01)) {
      if (old.length < keptForLater) old.push(message);
      else old[random.integer(0, keptForLater - 1)] = message;
    }
    if (random.chance(options.again?.() ?? 0.01)) await repeat(message);
    if (random.chance(0.003) && old.length > 0) await repeat(random.pick(old));
  }

  async function repeat(message: SendMessage): Promise<void> {
    repeats += 1;
    const { channel } = message;
    // What has its answer gets it again, whoever has left meanwhile.
    if ((await deliver(options.otherClient(), message)) === 'turned-away')
      turnedAway.push({ member: options.member, channel, joinedAfter: 0, before: 0 });
  }

  const workers = Promise.all(Array.from({ length: options.inFlight }, work));
  return {
    ...{ client, acknowledgements, refusals, turnedAway },
    get begun() {
      return begun;
    },
    get repeats() {
      return repeats;
    },
    get acknowledged() {
      return acknowledged;
    },
    get retries() {
      return retries;
    },
    async finish() {
      finishing = true;
      await workers;
    },
    close() {
      closed = true;
      finishing = true;
      clearInterval(watchdog);
      client.close();
    },
  };
}

const words = ['hola', 'ronda', 'círculo', 'gente', 'réplica', '日本', '🙂', 'again', 'never', 'twice'];

/** Mostly short, now and then long. */
function textOf(random: Random): string {
  const count = random.chance(0.01) ? random.integer(100, 400) : random.integer(1, 12);
  let text = random.pick(words);
  for (let index = 1; index < count; index += 1) text += ` ${random.pick(words)}`;
  return text;
}
