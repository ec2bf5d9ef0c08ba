import type { LogEvent } from '../../../shared/protocol.ts';
import { refusalOf } from '../wire/refusal.ts';

const waitForOthersMs = 150;
const answerTimeoutMs = 15_000;

type AsOf = { cursor: number };

type Surroundings = {
  /** Resolves once the stream is open: what a snapshot doesn't have yet must not fall between the two. */
  online(): Promise<unknown>;
  /** Seq up to which the stream has come. */
  position(): number;
};

export type SnapshotReader = {
  /** To be told every event, and every resync, as they come. */
  note(event: LogEvent): void;
  forget(): void;
  /**
   * Asks for data with its cursor and applies the events that came meanwhile. Asks again where the connection was
   * lost, or where the answer is older than the stream was when it was asked for.
   */
  read<T extends AsOf>(ask: (signal: AbortSignal) => Promise<T>, apply: (data: T, event: LogEvent) => T): Promise<T>;
};

export function createSnapshotReader({ online, position }: Surroundings): SnapshotReader {
  const buffers = new Set<{ events: LogEvent[]; valid: boolean }>();
  return {
    note(event) {
      for (const buffer of buffers) buffer.events.push(event);
    },
    forget() {
      for (const buffer of buffers) buffer.valid = false;
    },
    async read(ask, apply) {
      for (;;) {
        await online();
        const since = position();
        const buffer = { events: [] as LogEvent[], valid: true };
        buffers.add(buffer);
        try {
          const answer = await ask(AbortSignal.timeout(answerTimeoutMs));
          if (buffer.valid && answer.cursor >= since) return buffer.events.reduce(apply, answer);
        } catch (error) {
          if (refusalOf(error) !== undefined) throw error;
        } finally {
          buffers.delete(buffer);
        }
        await new Promise((resolve) => setTimeout(resolve, waitForOthersMs));
      }
    },
  };
}
