import { prepareDataDirectory } from '../data-directory.ts';
import { SettingError } from '../environment.ts';
import { createLogger, outliveLogReaders } from '../logger.ts';
import { exitWithParent } from '../parent.ts';
import { readChatConfig } from './config.ts';
import { startReplica } from './replica.ts';

/** A setting that can't be used: starting again would not help. */
const unusable = 78;

outliveLogReaders();
try {
  const config = readChatConfig(process.env);
  const logger = createLogger(config.replica);
  exitWithParent();
  process.umask(0o007);
  prepareDataDirectory(config.dataDirectory);
  const replica = await startReplica(config, logger);

  let stopping = false;
  const end = (how: 'drain' | 'stop') => {
    if (stopping && how === 'drain') return;
    stopping = true;
    logger.info(how === 'drain' ? 'draining' : 'stopping');
    replica[how]().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('stop-failed', { message: String(error) });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('drain'));
  process.on('SIGINT', () => end('stop'));

  const url = await replica.setUpLink();
  if (url !== undefined) logger.info('set-up-needed', { url });
  logger.info('ready');
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(unusable);
}
