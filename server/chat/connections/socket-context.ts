import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import type { Person } from '../../../shared/protocol.ts';
import { closeCodes } from '../../../shared/refusals.ts';
import type { SocketContext } from '../context.ts';
import { AttachMarker } from '../events/attach-marker.ts';
import { type EphemeralHub, untrackedText } from '../events/ephemeral-hub.ts';
import type { Hub } from '../events/hub.ts';
import type { Presence } from '../presence/presence.ts';
import { createAnswerTurns } from './answer-turns.ts';

/** Where a connection's streams come from, and what it says on them. */
export type Streams = {
  hub: Hub;
  ephemeralHub: EphemeralHub;
  presence: Presence;
  onTyping(typing: TypingPlace & { member: number; name: string }): void;
};

type TypingPlace = { channel: number; thread?: number };

/** What asks a stock client to open another connection before it lets go of this one. */
export const reconnectText = JSON.stringify({ id: null, method: 'reconnect' });

export function createSocketContext(
  { hub, ephemeralHub, presence, onTyping }: Streams,
  socket: WebSocket,
  raw: Socket,
  session: { member: Person },
): SocketContext {
  const member = session.member.id;
  let isAway = false;
  return {
    kind: 'socket',
    inTurn: createAnswerTurns(raw),
    events: (streams, lastEventId) =>
      new AttachMarker((wire, wireId) => {
        const attached = hub.attach({ wire, wireId, member, streams, lastEventId });
        if (attached !== undefined) return attached;
        setImmediate(() => socket.close(closeCodes.restarting, 'come again'));
        return { firstFrame: reconnectText, detach: () => undefined };
      }),
    ephemeral: () =>
      new AttachMarker((wire, wireId) => {
        const detach = ephemeralHub.attach(wire, wireId);
        const { online: told, away } = presence.toldAll();
        const online = [...new Set([...told, member])];
        return { firstFrame: untrackedText(wireId, JSON.stringify({ kind: 'present', online, away })), detach };
      }),
    typing({ channel, thread }) {
      if (!hub.mayRead(member, `channel:${channel}`)) return;
      onTyping({ channel, ...(thread === undefined ? {} : { thread }), member, name: session.member.name });
    },
    setAway(away) {
      if (away === isAway) return;
      isAway = away;
      presence.setAway(member, away);
    },
  };
}
