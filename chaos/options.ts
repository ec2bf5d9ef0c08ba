import { parseArgs } from 'node:util';

export const sabotages = ['drop', 'double', 'reorder', 'leak'] as const;
export type Sabotage = (typeof sabotages)[number];

export type Options = {
  kills: number;
  seed: number;
  /** The run lasts at least this long; faults other than kills go on meanwhile. */
  minutes: number;
  /** Messages that each writer has on the way at once. */
  inFlight: number;
  sabotage: Sabotage | undefined;
  json: boolean;
  /** Folder for the processes' own words; nothing is kept without. */
  logs: string | undefined;
};

export const usage = `npm run chaos -- --kills N [--seed S] [--minutes M] [--in-flight F] [--sabotage ${sabotages.join('|')}] [--logs FILE] [--json]`;

/** Throws with the option's name where one can't be used. */
export function parseOptions(parameters: string[]): Options {
  const { values } = parseArgs({
    args: parameters,
    options: {
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
      minutes: { type: 'string', default: '0' },
      'in-flight': { type: 'string', default: '12' },
      sabotage: { type: 'string' },
      logs: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const { sabotage } = values;
  if (sabotage !== undefined && !isSabotage(sabotage)) throw new Error(`--sabotage takes ${sabotages.join(', ')}.`);
  return {
    kills: whole('kills', values.kills, 0),
    seed: whole('seed', values.seed, 0),
    minutes: number('minutes', values.minutes),
    inFlight: whole('in-flight', values['in-flight'], 1),
    sabotage,
    json: values.json,
    logs: values.logs,
  };
}

function isSabotage(text: string): text is Sabotage {
  return (sabotages as readonly string[]).includes(text);
}

function whole(name: string, text: string, minimum: number): number {
  const value = number(name, text);
  if (!Number.isInteger(value) || value < minimum || value > 2 ** 32)
    throw new Error(`--${name} takes a whole number from ${minimum} on, not "${text}".`);
  return value;
}

function number(name: string, text: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value) || value < 0) throw new Error(`--${name} takes a number, not "${text}".`);
  return value;
}
