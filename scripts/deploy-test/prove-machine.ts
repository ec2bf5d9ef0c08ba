import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../server/testing/free-port.ts';
import { createMachine, type Machine } from './machine.ts';
import type { Prove } from './main.ts';
import { renderUserData } from './user-data.ts';

const volume = 'vol-0123456789abcdef0';
const imageUser = 1000;
const patienceMs = 120_000;

/** What the template gives an instance makes it a chat, by cloud-init alone. */
export async function proveMachine(
  { folder, images, version }: { folder: string; images: string; version: string },
  prove: Prove,
): Promise<void> {
  const port = String(await freePort());
  const userData = renderUserData(readFileSync('deploy/ronda.cloudformation.yaml', 'utf8'), {
    ...{ Images: images, Version: version, Data: volume, Email: '' },
    ...{ ComposeFile: 'compose.yaml', Port: '80', PublicUrl: 'http://192.0.2.1' },
  });
  const machine = createMachine(folder, {
    serial: volume.replace('-', ''),
    // The real engine mounts folders of this machine, and port 80 here may be taken.
    environment: {
      DATA_VOLUME: join(folder, 'root/srv/ronda/data'),
      ...{ BIND: '127.0.0.1', PORT: port, PUBLIC_URL: '', COMPOSE_PROJECT_NAME: `ronda-deploy-${process.pid}` },
    },
  });
  const { root, run } = machine;
  const text = (path: string) => readFileSync(join(root, path), 'utf8');
  try {
    seed(machine, userData);
    await prove('the user-data is what cloud-init takes', () => {
      assert.match(run('cloud-init', 'schema', '--config-file', seedFile), /Valid cloud-config/);
    });
    await prove('cloud-init goes through all its stages without an error', () => {
      run('cloud-init', 'init', '--local');
      run('cloud-init', 'init');
      run('cloud-init', 'modules', '--mode=config');
      run('cloud-init', 'modules', '--mode=final');
      const result = JSON.parse(text('run/cloud-init/result.json')) as { v1: { errors: string[] } };
      assert.deepEqual(result.v1.errors, [], text('var/log/cloud-init-output.log').slice(-4_000));
    });
    await prove('it has asked for Docker', () => {
      assert.match(text('var/log/asked-packages'), /install docker\.io e2fsprogs/);
    });
    await prove('settings and commands are where they belong, for root alone where they must be', () => {
      assert.equal(statSync(join(root, 'opt/ronda/.env')).mode & 0o777, 0o600);
      assert.match(text('opt/ronda/.env'), new RegExp(`^VERSION=${version}$`, 'm'));
      assert.equal(text('usr/local/bin/ronda'), readFileSync('deploy/ronda', 'utf8'));
      assert.equal(statSync(join(root, 'usr/local/bin/ronda')).mode & 0o777, 0o755);
      for (const name of ['compose.yaml', 'compose.tls.yaml'])
        assert.equal(text(`opt/ronda/${name}`), readFileSync(name, 'utf8'));
    });
    await prove('the data volume is formatted, mounted, and entered for the next boot', () => {
      assert.match(run('blkid', machine.disk), /LABEL="ronda".*TYPE="ext4"/);
      assert.match(run('findmnt', '--noheadings', '--output', 'SOURCE', '/srv/ronda'), new RegExp(machine.disk));
      assert.match(text('etc/fstab'), /^LABEL=ronda \/srv\/ronda ext4 defaults,nofail,noatime 0 2$/m);
      const data = statSync(join(root, 'srv/ronda/data'));
      assert.deepEqual([data.uid, data.mode & 0o777], [imageUser, 0o700]);
    });
    await prove('systemd takes the unit, and starts it at each boot', () => {
      assert.equal(run('systemd-analyze', 'verify', '--man=no', '/etc/systemd/system/ronda.service'), '');
      assert.equal(run('/usr/bin/systemctl', 'is-enabled', 'ronda.service'), 'enabled');
    });
    await prove('the chat serves, and names the link that makes its owner', async () => {
      await untilReady(`http://127.0.0.1:${port}/readyz`);
      assert.match(await fetch(`http://127.0.0.1:${port}/`).then((page) => page.text()), /<title>Ronda/);
      assert.match(run('ronda', 'link'), /^http.*\/setup#/);
    });
    await prove('a new instance finds what is on the volume, and formats nothing', () => {
      run('docker', 'compose', '--project-directory', '/opt/ronda', 'down', '--timeout', '20');
      writeFileSync(join(root, 'srv/ronda/data/kept'), 'kept');
      run('umount', '/srv/ronda');
      run('/opt/ronda/prepare-disk');
      assert.equal(text('srv/ronda/data/kept'), 'kept');
    });
  } finally {
    run('docker', 'compose', '--project-directory', '/opt/ronda', 'down', '--volumes', '--timeout', '20');
    machine.destroy();
  }
}

const seedFile = '/var/lib/cloud/seed/nocloud/user-data';

/** Instead of AWS's metadata. */
function seed({ root }: Machine, userData: string): void {
  const directory = join(root, 'var/lib/cloud/seed/nocloud');
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(root, seedFile), userData);
  writeFileSync(join(directory, 'meta-data'), 'instance-id: ronda-test\n');
  const settings = ['datasource_list: [NoCloud]', 'network: { config: disabled }', 'locale: false'];
  writeFileSync(join(root, 'etc/cloud/cloud.cfg.d/99-test.cfg'), `${settings.join('\n')}\n`);
}

async function untilReady(address: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (
    !(await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error(`${address} isn't ready after ${patienceMs} ms`);
    await delay(200);
  }
}
