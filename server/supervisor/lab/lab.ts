import { harms, type LabAnswer, type LabFault, type LabOrder, type LabState, noFigures } from '../../lab/lab-order.ts';
import type { LoadProcess, StartLoad } from './load-process.ts';

export type Lab = {
  take(order: LabOrder): LabAnswer;
  stop(): void;
};

/** A replica's process, as far as the lab may touch it. */
export type LabReplica = {
  /** SIGKILL; the supervisor starts it again, as after any end. */
  crash(): void;
  renew(): Promise<boolean>;
  /** False where it doesn't run. */
  freeze(seconds: number): boolean;
  send(fault: LabFault): boolean;
};

/** Nobody has looked for so long: whoever opened it has gone. */
const unwatchedMs = 60_000;

/** Carries out what is ordered while the lab is open; before and after that it does nothing. */
export function createLab(options: {
  replica(name: string): LabReplica | undefined;
  startLoad: StartLoad;
  report(order: LabOrder): void;
}): Lab {
  const { startLoad, report } = options;
  let load: LoadProcess | undefined;
  let channel = 0;
  let asked = { perSecond: 0, twice: false };
  let faults: LabState['faults'] = [];
  let watch: NodeJS.Timeout | undefined;

  function state(): LabState {
    faults = faults.filter(({ until }) => until > Date.now());
    const figures = load?.figures() ?? noFigures;
    return { channel: load === undefined ? null : channel, harms: [...harms], load: asked, figures, faults };
  }

  function close(): void {
    clearTimeout(watch);
    load?.stop();
    load = undefined;
    asked = { perSecond: 0, twice: false };
  }

  function watched(): void {
    clearTimeout(watch);
    watch = setTimeout(close, unwatchedMs);
    watch.unref();
  }

  function harm(order: Extract<LabOrder, { replica: string }>): boolean {
    const replica = options.replica(order.replica);
    if (replica === undefined) return false;
    switch (order.kind) {
      case 'kill':
        replica.crash();
        return true;
      case 'restart':
        void replica.renew();
        return true;
      case 'freeze':
        return replica.freeze(order.seconds) && note(order);
      case 'slow':
        return replica.send({ kind: 'lab-slow', delayMs: order.delayMs, forMs: order.seconds * 1_000 }) && note(order);
      case 'isolate':
        return replica.send({ kind: 'lab-isolate', forMs: order.seconds * 1_000 }) && note(order);
    }
  }

  function note({ replica, kind, seconds }: Extract<LabOrder, { seconds: number }>): true {
    const until = Date.now() + seconds * 1_000;
    faults = [...faults.filter((one) => one.replica !== replica || one.kind !== kind), { replica, kind, until }];
    return true;
  }

  return {
    take(order) {
      if (order.kind !== 'look') report(order);
      if (order.kind === 'open') {
        close();
        load = startLoad(order);
        channel = order.channel;
      } else if (load === undefined && order.kind !== 'look' && order.kind !== 'close')
        return { ok: false, reason: 'closed' };
      else if (order.kind === 'close') close();
      else if (order.kind === 'load') {
        asked = { perSecond: order.perSecond, twice: order.twice };
        load?.pace(asked);
      } else if (order.kind !== 'look' && !harm(order)) return { ok: false, reason: 'unknown' };
      if (load !== undefined) watched();
      return { ok: true, state: state() };
    },
    stop: close,
  };
}
