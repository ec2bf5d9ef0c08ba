import { benchFailover } from './failover/failover.ts';
import { benchFanout } from './fanout/fanout.ts';
import { benchHistory } from './history/history.ts';
import { benchLatency } from './latency/latency.ts';
import { benchLighthouse } from './lighthouse/lighthouse.ts';
import { benchMemory } from './memory/memory.ts';
import { benchPage } from './page/page.ts';
import { benchDropped } from './proxy/dropped.ts';
import { benchProxy } from './proxy/proxy.ts';
import { benchRolling } from './rolling/rolling.ts';
import { benchStalled } from './stalled/stalled.ts';
import { benchStart } from './start/start.ts';
import { benchStatic } from './static/static.ts';
import { benchUpload } from './upload/upload.ts';
import { benchWrite } from './write/write.ts';

/** Some take the name of one case, so that it can be run by itself. */
const benches: Record<string, (only?: string) => AsyncGenerator<Record<string, unknown>>> = {
  fanout: benchFanout,
  write: benchWrite,
  latency: benchLatency,
  memory: benchMemory,
  history: benchHistory,
  failover: benchFailover,
  start: benchStart,
  stalled: benchStalled,
  rolling: benchRolling,
  proxy: benchProxy,
  dropped: benchDropped,
  static: benchStatic,
  upload: benchUpload,
  page: benchPage,
  lighthouse: benchLighthouse,
};

const name = process.argv[2] ?? '';
const bench = benches[name];
if (bench === undefined) {
  process.stderr.write(
    `npm run bench -- NAME [CASE] --json, where NAME is one of: ${Object.keys(benches).join(', ')}\n`,
  );
  process.exit(2);
}
const only = process.argv.slice(3).find((argument) => !argument.startsWith('-'));
for await (const line of bench(only)) process.stdout.write(`${JSON.stringify(line)}\n`);
