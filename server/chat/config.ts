import { join, resolve } from 'node:path';
import type { DemoPerson } from '../../shared/protocol.ts';
import { integer, onOrOff, origin, SettingError, text } from '../environment.ts';
import { readLab } from '../lab/lab-setting.ts';
import type { FileLimits } from './files/file-limits.ts';
import { readDemo } from './identity/demo.ts';

export type ChatConfig = {
  /** Its name in run/, in hellos and in every event that it accepts. */
  replica: string;
  dataDirectory: string;
  /** Where the balancer finds it. */
  socketPath: string;
  busDirectory: string;
  /** Where the balancer finds the key that checks this replica's tickets. */
  ticketsDirectory: string;
  /** The one origin that pages may come from; without it localhost and IP addresses, each from itself. */
  publicOrigin: string | undefined;
  /** What one connection may call on end. */
  callsPerSecond: number;
  /** How long the log keeps an event for those who resume. */
  logDays: number;
  /** Whether pages that messages link to are fetched and shown as a card. */
  linkPreviews: boolean;
  /** How long somebody has to read a message before their other devices are told of it. */
  noticeDelayMs: number;
  /** For tests: notices are pushed to services on this machine too. */
  pushToLoopback: boolean;
  files: FileLimits;
  /** Whether the owner may open the lab, in which replicas are harmed. */
  lab: boolean;
  /** Where it takes the lab's orders itself, if no supervisor does. */
  labPath: string;
  /** Set in the demo only. */
  demo: DemoPerson[] | undefined;
  /** What the set-up link begins with. */
  address: string;
};

/** A Unix socket's path may have 107 bytes. */
const socketPathLimit = 107;

export function readChatConfig(environment: Record<string, string | undefined>): ChatConfig {
  const replica = text(environment, 'REPLICA_ID', 'chat-1');
  if (!/^[a-z0-9][a-z0-9-]{0,30}$/.test(replica))
    throw new SettingError(`REPLICA_ID takes up to 31 small letters, digits and hyphens, not "${replica}".`);
  const runDirectory = resolve(text(environment, 'RUN_DIRECTORY', './run'));
  const socketPath = join(runDirectory, 'replicas', `${replica}.sock`);
  if (Buffer.byteLength(socketPath) > socketPathLimit)
    throw new SettingError(`RUN_DIRECTORY takes a shorter path: sockets in ${runDirectory} would pass 107 bytes.`);
  const dataDirectory = resolve(text(environment, 'DATA_DIRECTORY', './data'));
  const publicOrigin = origin(environment, 'PUBLIC_URL');
  const port = integer(environment, 'PORT', 8080, [0, 65_535]);
  return {
    replica,
    dataDirectory,
    lab: readLab(environment),
    labPath: join(runDirectory, 'labs', `${replica}.sock`),
    demo: readDemo(environment, dataDirectory),
    socketPath,
    busDirectory: join(runDirectory, 'bus'),
    ticketsDirectory: join(runDirectory, 'tickets'),
    publicOrigin,
    callsPerSecond: integer(environment, 'CALLS_PER_SECOND', 100, [1, 1_000_000]),
    linkPreviews: onOrOff(environment, 'LINK_PREVIEWS', 'on'),
    noticeDelayMs: integer(environment, 'NOTICE_DELAY_SECONDS', 5, [0, 600]) * 1_000,
    pushToLoopback: onOrOff(environment, 'PUSH_TO_LOOPBACK', 'off'),
    files: {
      fileMegabytes: integer(environment, 'FILE_MEGABYTES', 2_000, [1, 1_000_000]),
      totalGigabytes: integer(environment, 'FILES_GIGABYTES', 0, [0, 1_000_000]),
      unsentFiles: integer(environment, 'UNSENT_FILES', 50, [1, 10_000]),
      types: mediaTypes(environment, 'FILE_TYPES'),
    },
    logDays: integer(environment, 'LOG_DAYS', 30, [1, 3_650]),
    address: publicOrigin ?? `http://127.0.0.1:${port}`,
  };
}

/** Such as `image/*, application/pdf`; none where all are accepted. */
function mediaTypes(environment: Record<string, string | undefined>, name: string): string[] {
  const types = text(environment, name, '')
    .split(',')
    .map((type) => type.trim().toLowerCase())
    .filter((type) => type !== '');
  const wrong = types.find((type) => !/^[a-z]+\/(?:\*|[a-z0-9][a-z0-9.+-]*)$/.test(type));
  if (wrong === undefined) return types;
  throw new SettingError(`${name} takes media types such as "image/*, application/pdf", not "${wrong}".`);
}
