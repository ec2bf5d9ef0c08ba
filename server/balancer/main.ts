import { SettingError } from '../environment.ts';
import { createLogger, outliveLogReaders } from '../logger.ts';
import { exitWithParent } from '../parent.ts';
import { type Balancer, createBalancer } from './balancer.ts';
import { type Config, readConfig } from './config.ts';

/** sysexits.h: the configuration is wrong, and starting again won't help. */
const configurationFault = 78;

const log = createLogger('balancer');
surviveSurprises();
exitWithParent();

try {
  const config = readConfig(process.env);
  const balancer = await listen(config);
  log.info('listening', { url: balancer.url });
  const signal = await stopSignal();
  log.info('stopping', { signal });
  await (signal === 'SIGUSR2' ? Promise.race([balancer.handOver(), stopSignal()]) : undefined);
  await balancer.close();
  log.info('stopped');
  process.exitCode = 0;
} catch (error) {
  if (error instanceof SettingError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = configurationFault;
  } else {
    report(error);
    process.exitCode = 1;
  }
}

async function listen(config: Config): Promise<Balancer> {
  try {
    return await createBalancer({ ...config, takeOver: process.argv.includes('--take-over'), log });
  } catch (error) {
    if (error instanceof SettingError) throw error;
    throw new SettingError(whyNoListening(config, error as NodeJS.ErrnoException));
  }
}

function whyNoListening({ bind, port }: Config, { code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${bind} is taken by another program. Stop that one, or set PORT to a free port.`;
    case 'EACCES':
      return `Port ${port} on ${bind} is not permitted to this user. Set PORT to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `BIND is "${bind}", which is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all.`;
    default:
      return `The balancer cannot listen on ${bind}:${port}: ${message}`;
  }
}

function stopSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGUSR2'] as const) process.once(signal, () => resolve(signal));
  });
}

/** One request's surprise must not end everyone's connections. */
function surviveSurprises(): void {
  process.on('uncaughtException', report);
  process.on('unhandledRejection', report);
  outliveLogReaders();
}

function report(error: unknown): void {
  log.error('unexpected', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
