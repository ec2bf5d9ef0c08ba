import { integer, origin, text } from '../environment.ts';
import { readLab } from '../lab/lab-setting.ts';

export type Config = {
  port: number;
  bind: string;
  replicas: number;
  dataDirectory: string;
  runDirectory: string;
  publicUrl: string | undefined;
  /** Whether replicas may be harmed from the page. */
  lab: boolean;
};

export function readConfig(environment: Record<string, string | undefined>): Config {
  return {
    port: integer(environment, 'PORT', 8080, [0, 65_535]),
    bind: text(environment, 'BIND', '127.0.0.1'),
    replicas: integer(environment, 'REPLICAS', 3, [1, 16]),
    dataDirectory: text(environment, 'DATA_DIRECTORY', './data'),
    runDirectory: text(environment, 'RUN_DIRECTORY', './run'),
    publicUrl: origin(environment, 'PUBLIC_URL'),
    lab: readLab(environment),
  };
}
