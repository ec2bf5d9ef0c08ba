/** `npm run chaos`: breaks a real cluster in every way it knows and holds what everyone was told against the log. */
import { againWithPrivateMounts } from './cluster/private-mounts.ts';
import { type Options, parseOptions, usage } from './options.ts';
import { isClean, type Report } from './report.ts';
import { run } from './run.ts';

/** sysexits.h: used wrongly; and a run that couldn't come to its end. */
const exitCodes = { usage: 64, unfinished: 2 } as const;

process.chdir(new URL('..', import.meta.url).pathname);
// What a client still waits for at the end doesn't matter any more.
process.exit(await main());

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) return exitCodes.usage;
  const elsewhere = await againWithPrivateMounts(options.seed);
  if (elsewhere !== undefined) return elsewhere;

  // Whoever ends this process ends the cluster with it: the children watch their channel.
  process.once('disconnect', () => process.exit(exitCodes.unfinished));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => process.exit(exitCodes.unfinished));

  tell(`seed ${options.seed}: the same --seed replays the same faults`);
  try {
    const report = await run(options, tell);
    if (!options.json) print(report);
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return isClean(report) ? 0 : 1;
  } catch (error) {
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return exitCodes.unfinished;
  }
}

function readOptions(): Options | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    tell(`${error instanceof Error ? error.message : error}\n${usage}`);
    return undefined;
  }
}

function print({ examples, ...figures }: Report): void {
  for (const [name, value] of Object.entries(figures)) tell(`  ${name}: ${JSON.stringify(value)}`);
  for (const example of examples) tell(`  ${example}`);
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
