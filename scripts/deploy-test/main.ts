/**
 * `npm run test:deploy`, as root on Debian with Docker: the way to EC2 as far as it goes without AWS. Pushes the images
 * to a registry of its own, then lets the real cloud-init set up a machine from the template's user-data. Minutes, the more the slower packages come.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conclude, type Tally } from '../tally.ts';
import { proveMachine } from './prove-machine.ts';
import { provePublishing } from './prove-publishing.ts';
import { startRegistry } from './registry.ts';

export type Prove = (what: string, proof: () => void | Promise<void>) => Promise<void>;

process.chdir(new URL('../..', import.meta.url).pathname);
const folder = mkdtempSync(join(tmpdir(), 'ronda-deploy-'));
const tally: Tally = { passed: 0, failed: 0, failures: [] };

const prove: Prove = async (what, proof) => {
  try {
    await proof();
    tally.passed += 1;
    console.log(`ok - ${what}`);
  } catch (error) {
    tally.failed += 1;
    tally.failures.push(`${what}\n${error instanceof Error ? error.message : error}`);
    console.log(`not ok - ${what}`);
  }
};

const registry = await startRegistry(folder);
try {
  await provePublishing(registry, prove);
  await proveMachine({ folder, images: registry.namespace, version: registry.version }, prove);
} finally {
  await registry.stop();
  rmSync(folder, { recursive: true, force: true });
}
conclude(tally);
