/** The lab's load generator: started by the supervisor, told what to do over the channel between them, gone with it. */
import { z } from 'zod';
import { LabGuests } from '../../server/lab/lab-order.ts';
import { gatherLabCrowd, type LabCrowd } from './lab-crowd.ts';

const Told = z.discriminatedUnion('kind', [
  LabGuests.extend({ kind: z.literal('begin'), port: z.number(), dataDirectory: z.string() }),
  z.object({ kind: z.literal('pace'), perSecond: z.number(), twice: z.boolean() }),
]);

const tellEveryMs = 500;

let crowd: LabCrowd | undefined;

process.once('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const told = Told.parse(message);
  if (told.kind === 'pace') crowd?.pace(told);
  else crowd ??= gatherLabCrowd(told);
});

setInterval(() => {
  if (crowd !== undefined) process.send?.(crowd.figures());
}, tellEveryMs);
