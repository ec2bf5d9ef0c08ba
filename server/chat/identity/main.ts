/**
 * `npm run reset-password -- NAME` prints a one-time link, good for a day, with which that person sets a new password.
 * It may be run while replicas are; what it says beside the link goes to standard error.
 */
import { readChatConfig } from '../config.ts';
import { linkToNewPassword } from './link-to-new-password.ts';

try {
  const name = process.argv.slice(2).join(' ');
  if (name === '') throw new Error('Usage: npm run reset-password -- "NAME"');
  process.umask(0o007);
  process.stdout.write(`${await linkToNewPassword(readChatConfig(process.env), name)}\n`);
  process.stderr.write('It works once, for 24 hours, and signs that person out everywhere else.\n');
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
