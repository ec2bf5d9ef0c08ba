import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoPerson } from '../../../shared/protocol.ts';
import { SettingError, text } from '../../environment.ts';

/** Whom anybody on this machine may enter as; undefined outside of `npm run demo`, which alone makes such a folder. */
export function readDemo(
  environment: Record<string, string | undefined>,
  dataDirectory: string,
): DemoPerson[] | undefined {
  if (text(environment, 'DEMO', '') === '') return undefined;
  try {
    return z.array(DemoPerson).parse(JSON.parse(readFileSync(join(dataDirectory, 'demo-people.json'), 'utf8')));
  } catch {
    throw new SettingError(`DEMO takes data that npm run demo has made, which ${dataDirectory} isn't.`);
  }
}
