import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type LabDoor, openLabDoor } from '../../lab/lab-door.ts';
import { type LabAnswer, type LabOrder, type LabState, noFigures } from '../../lab/lab-order.ts';
import type { Logger } from '../../logger.ts';
import type { ChatConfig } from '../config.ts';
import type { Store } from '../store/store.ts';

/**
 * For a replica that no supervisor keeps: while a lab is open, it can be killed, by itself, and whoever runs its
 * container starts it again. Virtual members and everything else take a supervisor.
 */
export async function openOwnLab(
  { replica, labPath, ticketsDirectory }: ChatConfig,
  store: Pick<Store, 'openLab'>,
  logger: Logger,
): Promise<LabDoor> {
  await mkdir(dirname(labPath), { recursive: true });
  const lab = createOwnLab({
    replica,
    openLab: store.openLab,
    report: (order) => logger.info('lab', { order }),
    die: () => process.kill(process.pid, 'SIGKILL'),
  });
  return openLabDoor({ path: labPath, ticketsDirectory, lab });
}

function createOwnLab(options: {
  replica: string;
  openLab(): Promise<number | null>;
  report(order: LabOrder['kind']): void;
  die(): void;
}): { take(order: LabOrder): Promise<LabAnswer> } {
  const { replica, openLab, report, die } = options;
  return {
    async take(order) {
      const channel = await openLab();
      const state: LabState = { channel, harms: ['kill'], load: null, figures: noFigures, faults: [] };
      switch (order.kind) {
        // The database says that it is open or closed, to all replicas alike.
        case 'look':
        case 'open':
        case 'close':
          return { ok: true, state };
        case 'kill':
          if (channel === null) return { ok: false, reason: 'closed' };
          if (order.replica !== replica) return { ok: false, reason: 'unknown' };
          report(order.kind);
          setImmediate(die); // once the answer is out
          return { ok: true, state };
        default:
          return { ok: false, reason: 'unknown' };
      }
    },
  };
}
