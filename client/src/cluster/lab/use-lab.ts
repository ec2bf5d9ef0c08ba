import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { mintClientId } from '../../../../shared/client-id.ts';
import { type AskCluster, createAskLab } from '../../wire/ask-cluster.ts';
import { refusalOf } from '../../wire/refusal.ts';

type Answer = NonNullable<Awaited<ReturnType<AskCluster['lab']['mutate']>>>;
export type LabState = Extract<Answer, { ok: true }>['state'];
export type LabOrder = Parameters<AskCluster['lab']['mutate']>[0]['order'];

export type Lab =
  /** Not known yet. */
  | { kind: 'asking' }
  /** It is off here, or isn't for whoever looks. */
  | { kind: 'absent' }
  /** `load`: virtual members are there to write. */
  | { kind: 'closed'; load: boolean; open(): Promise<void> }
  | { kind: 'open'; state: LabState; give(order: LabOrder): Promise<boolean>; close(): Promise<void> };

const lookEveryMs = 1_000;
const renewTicketMs = 240_000;

/** Follows the lab through the balancer, which passes on what the supervisor says. */
export function useLab(ask: AskCluster | undefined, onFault: () => void): Lab {
  const askOwner = useMemo(createAskLab, []);
  const [state, setState] = useState<LabState | 'absent'>();
  const ticket = useRef<{ text: string; at: number }>(undefined);
  const latest = useRef({ ask, onFault });
  latest.current = { ask, onFault };

  const order = useCallback(
    async (given: LabOrder): Promise<boolean> => {
      const { ask } = latest.current;
      if (ask === undefined) return false;
      if (ticket.current === undefined || Date.now() - ticket.current.at > renewTicketMs)
        ticket.current = { text: (await askOwner.labTicket.query()).ticket, at: Date.now() };
      const answer = await ask.lab.mutate({ ticket: ticket.current.text, order: given });
      if (answer?.ok) setState(answer.state);
      // The replica that signed it may be gone, and its key with it.
      else if (answer?.reason === 'refused') ticket.current = undefined;
      else if (answer === null) setState('absent');
      return answer?.ok === true;
    },
    [askOwner],
  );

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;
    async function look(): Promise<void> {
      try {
        await order({ kind: 'look' });
      } catch (error) {
        if (refusalOf(error)?.reason === 'not-allowed') return setState('absent'); // and so it stays
      }
      if (!stopped) timer = setTimeout(() => void look(), lookEveryMs);
    }
    void look();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [order]);

  const insist = useCallback(
    async (given: LabOrder): Promise<boolean> => {
      // Once more with a new ticket, where the one before was signed by a replica that is gone.
      for (let attempt = 0; attempt < 2; attempt += 1) if (await order(given).catch(() => false)) return true;
      latest.current.onFault();
      return false;
    },
    [order],
  );

  if (state === undefined) return { kind: 'asking' };
  if (state === 'absent') return { kind: 'absent' };
  const { channel } = state;
  if (channel === null)
    return {
      kind: 'closed',
      load: state.load !== null,
      async open() {
        const opened = await askOwner.openLab.mutate({ clientId: mintClientId() }).catch(() => undefined);
        if (opened === undefined) onFault();
        else await insist({ kind: 'open', ...opened });
      },
    };
  return {
    kind: 'open',
    state,
    give: insist,
    async close() {
      await insist({ kind: 'close' });
      await askOwner.closeLab.mutate({ channel }).catch(onFault);
    },
  };
}
