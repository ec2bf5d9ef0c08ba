import { SettingError } from '../environment.ts';
import { outliveLogReaders } from '../logger.ts';
import { readConfig } from './config.ts';
import { settingsRefused } from './kept-process.ts';
import { createNarrator, createRelay } from './narrator.ts';
import { programs } from './programs.ts';
import { supervise } from './supervise.ts';

const out = (text: string): void => void process.stdout.write(text);
const err = (text: string): void => void process.stderr.write(text);
outliveLogReaders();

try {
  const config = readConfig(process.env);
  supervise(config, programs(config), process.stdout.isTTY ? createNarrator(out) : createRelay(out, err));
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  err(`${error.message}\n`);
  process.exitCode = settingsRefused;
}
