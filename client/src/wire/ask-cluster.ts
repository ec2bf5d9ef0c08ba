import { createTRPCClient, httpLink, httpSubscriptionLink, splitLink, type TRPCClient } from '@trpc/client';
import type { ClusterRouter } from '../../../server/balancer/cluster/cluster-router.ts';
import type { ChatRouter } from '../../../server/chat/router.ts';

/** The only bridge from the page to the balancer's procedures. */
export type AskCluster = TRPCClient<ClusterRouter>;

/** A replica's word that I may, good for a few minutes; rejects with a refusal for whoever may not. */
export async function askForTicket(): Promise<string> {
  const { ticket } = await createTRPCClient<ChatRouter>({ links: [httpLink({ url: '/trpc' })] }).cluster.ticket.query();
  return ticket;
}

/** What only the owner may do, and over HTTP alone. */
export type AskLab = Pick<TRPCClient<ChatRouter>['cluster'], 'labTicket' | 'openLab' | 'closeLab'>;

export function createAskLab(): AskLab {
  return createTRPCClient<ChatRouter>({ links: [httpLink({ url: '/trpc' })] }).cluster;
}

export function createAskCluster(ticket: string): AskCluster {
  const url = '/cluster/trpc';
  return createTRPCClient<ClusterRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: httpSubscriptionLink({ url, connectionParams: { ticket } }),
        false: httpLink({ url, headers: { authorization: `Bearer ${ticket}` } }),
      }),
    ],
  });
}
