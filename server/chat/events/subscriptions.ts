import { tracked } from '@trpc/server';
import { type Ephemeral, EventsInput, type Frame } from '../../../shared/protocol.ts';
import { overSocket } from '../procedures.ts';
import { AttachMarker } from './attach-marker.ts';

/** The durable stream: hello first, then every event that I may see after `lastEventId`, once, in order. */
export const events = overSocket.input(EventsInput).subscription(async function* ({ ctx, input }) {
  const streams = await ctx.store.streams(ctx.me.id);
  const marker = ctx.socket.events(streams, input?.lastEventId ?? undefined);
  yield tracked('attach', AttachMarker.asFrame<Frame>(marker));
});

/** Typing and presence: of this moment, untracked, dropped first. */
export const ephemeral = overSocket.subscription(async function* ({ ctx }) {
  yield AttachMarker.asFrame<Ephemeral>(ctx.socket.ephemeral());
});
