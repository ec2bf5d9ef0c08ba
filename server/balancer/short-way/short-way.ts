import type { Socket } from 'node:net';
import { Visit, type Way } from './visit.ts';

export type ShortWay = {
  /** A connection that has just been opened. */
  arrive(socket: Socket): void;
  /** Closes those that wait for their next request, and takes no more of any. */
  closeIdle(): void;
  close(): void;
};

/**
 * Handshakes and files of the page without Node's HTTP objects, which would cost more than everything else together.
 * A connection is here for as long as its requests are plain; the first one that isn't takes it to Node's server.
 */
export function createShortWay(options: Omit<Way, 'visits' | 'closing'>): ShortWay {
  const { timings } = options;
  const visits = new Set<Visit>();
  const sweepMs = timings.headMs / 5;
  const sweeper = setInterval(sweep, sweepMs).unref();
  const way: Way = { ...options, visits, closing: false };

  /** Who never sent anything has the server's time to do so, who takes no answer the time of a body that stalls. */
  function sweep(): void {
    for (const visit of visits) {
      if (visit.gone) visits.delete(visit);
      else if (!visit.answered) visit.handOver();
      else if (!visit.waitsForClient) {
        const limitMs = visit.takesItsAnswer ? 2 * timings.bodyStallMs : timings.keepAliveMs;
        if (visit.countQuietSweep() * sweepMs > limitMs) visit.leave();
      }
    }
  }

  return {
    arrive: (socket) => new Visit(socket, way).begin(),
    closeIdle() {
      way.closing = true;
      for (const visit of visits) {
        if (!visit.answered) visit.handOver();
        else if (!visit.takesItsAnswer) visit.leave();
      }
    },
    close: () => clearInterval(sweeper),
  };
}
