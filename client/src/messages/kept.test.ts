import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LogEvent, PinList, SavedList } from '../../../shared/protocol.ts';
import { applyToPins, applyToSaved } from './kept.ts';

const by = { id: 1, name: 'Ana' };

type Lists = { pins: PinList; saved: SavedList };
const deeds = fc.array(
  fc.record({
    kind: fc.constantFrom('pin-set', 'saved-set', 'message-deleted', 'channel-left'),
    channel: fc.constantFrom(1, 2),
    message: fc.integer({ min: 1, max: 4 }),
    on: fc.boolean(),
  }),
  { maxLength: 30 },
);

/** A message belongs to one channel: odd ones to the first. */
const belongs = ({ channel, message }: { channel: number; message: number }) => message % 2 === channel % 2;

test('[G4] pins and saved messages end as the log has them, from the snapshot of any moment, also with events twice', () => {
  fc.assert(
    fc.property(deeds, fc.nat(), (plan, from) => {
      let [pinned, kept] = [[] as PinList['pins'], [] as SavedList['saved']];
      const events: LogEvent[] = [];
      const moments: Lists[] = [{ pins: { cursor: 0, pins: [] }, saved: { cursor: 0, saved: [] } }];
      for (const [index, deed] of plan.entries()) {
        const { kind, channel, message, on } = deed;
        if (kind !== 'channel-left' && !belongs(deed)) continue;
        const seq = index + 1;
        if (kind === 'pin-set' || kind === 'message-deleted') pinned = pinned.filter((one) => one.message !== message);
        if (kind === 'saved-set' || kind === 'message-deleted') kept = kept.filter((one) => one.message !== message);
        if (kind === 'channel-left') kept = kept.filter((one) => one.channel !== channel);
        if (kind === 'pin-set' && on) pinned = [{ message, at: seq, by }, ...pinned];
        if (kind === 'saved-set' && on) kept = [{ message, channel, at: seq }, ...kept];
        events.push({ ...deed, seq, at: seq, by: kind === 'pin-set' ? by : 1, emptied: [] } as unknown as LogEvent);
        const ofFirst = pinned.filter((one) => one.message % 2 === 1);
        moments.push({ pins: { cursor: seq, pins: ofFirst }, saved: { cursor: seq, saved: kept } });
      }
      const start = moments[from % moments.length] as Lists;
      const end = moments.at(-1) as Lists;
      expect(events.reduce((list, event) => applyToPins(1, list, event), start.pins).pins).toEqual(end.pins.pins);
      expect(events.reduce(applyToSaved, start.saved).saved).toEqual(end.saved.saved);
    }),
  );
});
