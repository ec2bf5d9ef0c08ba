import { chime } from './chime.ts';
import { drawings } from './drawings.ts';
import { exerciseSheet } from './exercise.ts';

/** What the demo's messages carry, by name. */
export const demoFiles = {
  ...drawings,
  'practica-3.pdf': async () => exerciseSheet(),
  'timbre.wav': async () => chime(),
} satisfies Record<string, () => Promise<Buffer>>;

export type DemoFile = keyof typeof demoFiles;
