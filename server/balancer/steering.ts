import type { Logger } from '../logger.ts';
import { paceOut } from './pace-out.ts';
import type { Policy } from './policy.ts';
import type { Order, Replica } from './replica.ts';
import type { Replicas } from './replicas.ts';
import { surplus } from './shares.ts';
import type { Timings } from './timings.ts';
import type { Tunnels } from './tunnels.ts';

/** What people, and the passing of time, order about connections. Each order sets a state: a repeat is harmless. */
export type Steering = {
  order(replica: Replica, order: Order, by: string): void;
  weigh(replica: Replica, weight: number, by: string): void;
  /** Sends everyone to whoever listens on the port now. */
  handOver(): Promise<void>;
  stop(): void;
};

type Options = { replicas: Replicas; tunnels: Tunnels; policy: Policy; timings: Timings; log: Logger };

const rebalanceIntervalMs = 1_000;
const drainCheckMs = 100;

export function createSteering({ replicas, tunnels, policy, timings, log }: Options): Steering {
  const stopping = new AbortController();
  const draining = new Map<string, AbortController>();
  const rebalancer = policy.rebalancePerSecond > 0 ? setInterval(rebalance, rebalanceIntervalMs) : undefined;
  // Handshakes that were under way when the drain was ordered may become tunnels after the last one was asked.
  const drainer = setInterval(drainAgain, drainCheckMs);

  function drain(replica: Replica): void {
    if (draining.has(replica.id)) return;
    const undrained = new AbortController();
    draining.set(replica.id, undrained);
    const signal = AbortSignal.any([undrained.signal, stopping.signal]);
    void paceOut({ staying: () => tunnels.staying(replica), reason: 'drain', timings, signal }).finally(() => {
      if (draining.get(replica.id) === undrained) draining.delete(replica.id);
    });
  }

  function drainAgain(): void {
    for (const replica of replicas.list())
      if (replica.order === 'drain' && replica.counters.tunnels > 0) drain(replica);
  }

  function rebalance(): void {
    for (const { id, count } of surplus(replicas.shares(), policy.rebalancePerSecond)) {
      const replica = replicas.find(id);
      const leaving = replica === undefined ? [] : tunnels.staying(replica).slice(0, count);
      for (const tunnel of leaving) tunnel.goAway('rebalance');
      log.info('rebalance', { replica: id, leaving: leaving.length });
    }
  }

  function stop(): void {
    stopping.abort();
    clearInterval(rebalancer);
    clearInterval(drainer);
  }

  return {
    order(replica, order, by) {
      if (replica.order === order) return;
      replicas.order(replica, order, by);
      if (order === 'drain') drain(replica);
      else {
        draining.get(replica.id)?.abort();
        draining.delete(replica.id);
      }
    },
    weigh: replicas.weigh,
    async handOver() {
      const never = new AbortController().signal;
      await paceOut({ staying: () => tunnels.staying(), reason: 'stop', timings, signal: never });
    },
    stop,
  };
}
