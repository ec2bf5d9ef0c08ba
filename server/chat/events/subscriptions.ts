import { tracked } from '@trpc/server';
import { type Ephemeral, EventsInput, type Frame } from '../../../shared/protocol.ts';
import { overSocket } from '../procedures.ts';
import { Refusal } from '../refusal.ts';
import { AttachMarker } from './attach-marker.ts';

/** The durable stream: hello first, then every event that I may see after `lastEventId`, once, in order. */
export const events = overSocket.input(EventsInput).subscription(async function* ({ ctx, input, signal = never }) {
  if (!ctx.socket.claim('events', signal)) throw new Refusal('too-many-subscriptions', { limit: 1 });
  const streams = await ctx.store.streams(ctx.me.id);
  const marker = ctx.socket.events(streams, input?.lastEventId ?? undefined, signal);
  yield tracked('attach', AttachMarker.asFrame<Frame>(marker));
  await aborted(signal);
});

/** Typing and presence: of this moment, untracked, dropped first. */
export const ephemeral = overSocket.subscription(async function* ({ ctx, signal = never }) {
  if (!ctx.socket.claim('ephemeral', signal)) throw new Refusal('too-many-subscriptions', { limit: 1 });
  yield AttachMarker.asFrame<Ephemeral>(ctx.socket.ephemeral(signal));
  await aborted(signal);
});

const never = new AbortController().signal;

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
