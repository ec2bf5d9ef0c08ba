import type { Logger } from '../logger.ts';
import { loadAssets } from './asset-cache.ts';
import { createAccessLog, noAccessLog } from './clients/access-log.ts';
import { createClientGate, defaultClientLimits } from './clients/client-limits.ts';
import { createClientSight } from './clients/client-sight.ts';
import type { Config } from './config.ts';
import { createFrontDoor } from './front-door.ts';
import { createHandshakes } from './handshakes.ts';
import { createBalancerMetrics } from './metrics/balancer-metrics.ts';
import { createMetricsHandler } from './metrics/metrics-handler.ts';
import { defaultPolicy, type Policy } from './policy.ts';
import { createReplicas, type Replicas } from './replicas.ts';
import { createSite } from './site.ts';
import { createSteering, type Steering } from './steering.ts';
import { defaultTimings, type Timings } from './timings.ts';
import { openTlsEdge, type TlsEdge } from './tls/tls-edge.ts';
import { createTunnels } from './tunnels.ts';

export type Balancer = {
  url: string;
  /** Where HTTP is answered beside HTTPS. */
  httpPort: number | undefined;
  replicas: Replicas;
  steering: Steering;
  /** Leaves the port to a successor, asks everyone to come again there, and closes. */
  handOver(): Promise<void>;
  close(): Promise<void>;
};

export type BalancerOptions = Omit<
  Config,
  'policy' | 'replicaAddresses' | 'metricsToken' | 'tls' | 'httpPort' | 'clients'
> &
  Partial<Pick<Config, 'replicaAddresses' | 'metricsToken' | 'tls' | 'httpPort' | 'clients'>> & {
    policy?: Partial<Policy>;
    takeOver?: boolean;
    log: Logger;
    timings?: Partial<Timings>;
  };

/** Puts the parts together. */
export async function createBalancer(options: BalancerOptions): Promise<Balancer> {
  const { log, bind, port, publicUrl } = options;
  const timings = { ...defaultTimings, ...options.timings };
  const assets = await loadAssets(options.assetsDirectory, timings.brotliDelayMs);
  const policy = { ...defaultPolicy, ...options.policy };
  const { replicasDirectory: directory, replicaAddresses: addresses } = options;
  const replicas = createReplicas({ directory, addresses, policy, timings, log });
  const tunnels = createTunnels(timings, policy.connectionAgeMs);
  const steering = createSteering({ replicas, tunnels, policy, timings, log });
  const protocol = options.tls !== undefined || publicUrl?.startsWith('https:') ? 'https' : 'http';
  const sight = createClientSight({ trustedProxies: options.clients?.trustedProxies, protocol });
  const { clientOf } = sight;
  const gate = createClientGate(options.clients?.limits ?? defaultClientLimits);
  const forward = { replicas, timings, clientOf, uploadPlaces: gate.uploadPlaces };
  const metrics = createBalancerMetrics(replicas, tunnels);
  const stopping = new AbortController();
  const { ticketsDirectory, labs } = options;
  /** With the first one who asks: what it needs is 30 MB that most balancers never use. */
  const openCluster = async () => {
    const { createClusterHandler } = await import('./cluster/cluster-handler.ts');
    const cluster = { replicas, tunnels, steering };
    return createClusterHandler({ cluster, ticketsDirectory, labs, publicUrl, stopping: stopping.signal });
  };
  const frontDoor = createFrontDoor({
    assets,
    tls: options.tls !== undefined,
    site: createSite({
      ...{ assets, forward, log },
      openCluster,
      metrics: createMetricsHandler({
        metrics,
        replicas,
        token: options.metricsToken,
        publicUrl,
        timeoutMs: timings.checkTimeoutMs,
      }),
    }),
    handshakes: createHandshakes({
      ...{ replicas, timings, clientOf, tunnels },
      admits: gate.mayShakeHands,
      handshakeTook: metrics.handshakeTook,
    }),
    sight,
    gate,
    accessLog: options.clients?.accessLog ? createAccessLog({ log, clientOf }) : noAccessLog,
    timings,
    failed: (error) => log.error('listener-failed', { error: error.message }),
  });

  let edge: TlsEdge | undefined;

  async function close(): Promise<void> {
    stopping.abort();
    steering.stop();
    replicas.waitingRoom.refuseAll();
    edge?.close();
    await Promise.all([tunnels.close(), frontDoor.close()]);
    replicas.close();
    assets.close();
    gate.close();
  }

  async function handOver(): Promise<void> {
    frontDoor.stopListening();
    edge?.close();
    await steering.handOver();
    await close();
  }

  try {
    const takeOver = options.takeOver ?? false;
    edge = await openTlsEdge({ ...options, takeOver }, frontDoor, timings);
    const url = await frontDoor.listen(port, bind, takeOver);
    return { url, httpPort: edge.httpPort, replicas, steering, handOver, close };
  } catch (error) {
    await close();
    throw error;
  }
}
