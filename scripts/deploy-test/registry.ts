import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port.ts';
import { shell } from './shell.ts';

export type Registry = {
  /** What stands before the images' names in it. */
  namespace: string;
  version: string;
  /** The digest that it has for an image's tag. */
  digestOf(image: string, tag: string): Promise<string>;
  stop(): Promise<void>;
};

const manifestTypes = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
].join(', ');

/** Debian's own, unpacked and not installed. Docker speaks plain HTTP with one on this machine. */
export async function startRegistry(folder: string): Promise<Registry> {
  shell('apt-get', ['-q', 'download', 'docker-registry'], { cwd: folder });
  shell('sh', ['-c', 'dpkg-deb -x docker-registry_*.deb registry'], { cwd: folder });
  const address = `127.0.0.1:${await freePort()}`;
  const settings = { version: '0.1', storage: { filesystem: { rootdirectory: join(folder, 'pushed') } } };
  const config = join(folder, 'registry.yml');
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify({ ...settings, http: { addr: address } }));
  const child = spawn(join(folder, 'registry/usr/bin/docker-registry'), ['serve', config], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const there = () =>
    fetch(`http://${address}/v2/`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await there())) {
    if (child.exitCode !== null) throw new Error(`The registry ended with ${child.exitCode}.`);
    await delay(50);
  }
  const namespace = `${address}/ana/`;
  return {
    namespace,
    version: '1.0.0-test',
    async digestOf(image, tag) {
      const url = `http://${address}/v2/ana/${image}/manifests/${tag}`;
      const { headers } = await fetch(url, { method: 'HEAD', headers: { accept: manifestTypes } });
      return headers.get('docker-content-digest') ?? '';
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}
