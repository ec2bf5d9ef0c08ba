import type { ReplicaFigures } from '../../../shared/replica-figures.ts';
import type { FiguresBoard } from './figures-board.ts';
import type { FiguresMeter } from './figures-meter.ts';

const everyMs = 1_000;

/** Tells itself and the others each second how this replica is. */
export function publishFigures(options: {
  replica: string;
  meter: FiguresMeter;
  board: FiguresBoard;
  publish(figures: ReplicaFigures): void;
  onError(error: unknown): void;
}): { stop(): void } {
  const { replica, meter, board, publish, onError } = options;
  const timer = setInterval(() => {
    meter.read().then((figures) => {
      board.note(replica, figures);
      publish(figures);
    }, onError);
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}
