import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { docker, shell } from './shell.ts';

/** A Debian in a folder, with a disk, on this machine's kernel and Docker. */
export type Machine = {
  root: string;
  disk: string;
  run(...command: string[]): string;
  destroy(): void;
};

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const diskMegabytes = 256;

/** `serial` is what its disk says of itself; `environment` is set for every `docker`. */
export function createMachine(
  folder: string,
  { serial, environment }: { serial: string; environment: Record<string, string> },
): Machine {
  const root = join(folder, 'root');
  const include = 'systemd,e2fsprogs,util-linux,ca-certificates';
  shell('debootstrap', ['--variant=minbase', `--include=${include}`, 'bookworm', root]);
  const undo: (() => void)[] = [];
  const run = (...command: string[]) => shell('chroot', [root, ...command], { env: { PATH: path, LC_ALL: 'C' } });
  const mount = (what: string, where: string) => {
    shell('mount', ['--bind', what, join(root, where)]);
    undo.push(() => shell('umount', ['--lazy', join(root, where)]));
  };
  // The settings that reach Debian from here, such as a proxy's.
  for (const name of readdirSync('/etc/apt/apt.conf.d').filter((each) => each.startsWith('99')))
    copyFileSync(`/etc/apt/apt.conf.d/${name}`, join(root, 'etc/apt/apt.conf.d', name));
  for (const directory of ['proc', 'sys', 'dev']) mount(`/${directory}`, directory);
  run('sh', '-c', 'export DEBIAN_FRONTEND=noninteractive; apt-get -q update && apt-get -q -y install cloud-init');

  const image = join(folder, 'disk');
  shell('truncate', ['--size', `${diskMegabytes}M`, image]);
  const disk = shell('losetup', ['--find', '--show', image]);
  undo.push(() => shell('losetup', ['--detach', disk]));
  undo.push(() => shell('sh', ['-c', `! mountpoint -q ${root}/srv/ronda || umount ${root}/srv/ronda`]));

  const script = (name: string, ...text: string[]) => {
    writeFileSync(join(root, name), `#!/bin/sh\n${text.join('\n')}\n`);
    chmodSync(join(root, name), 0o755);
  };
  // Packages aren't ours: that they are asked for is enough.
  script('usr/local/sbin/apt-get', 'echo "$@" >> /var/log/asked-packages');
  // A disk in a file has no serial number.
  script('usr/local/sbin/lsblk', `echo "${disk.replace('/dev/', '')} ${serial}"`);
  // Nothing runs as process 1 here: what is to be started is started as its unit says.
  script(
    'usr/local/sbin/systemctl',
    '[ "$1 $2" = "enable --now" ] || exit 0',
    'unit=/etc/systemd/system/$(basename "$3" .service).service',
    '[ -f "$unit" ] || exit 0',
    '/usr/bin/systemctl enable "$(basename "$unit")"',
    'cd "$(sed -n s/^WorkingDirectory=//p "$unit")" && eval "$(sed -n s/^ExecStart=//p "$unit")"',
  );
  giveDocker();

  function giveDocker(): void {
    mkdirSync(join(root, 'opt/docker'));
    mkdirSync(join(root, 'usr/local/lib/docker/cli-plugins'), { recursive: true });
    copyFileSync(shell('sh', ['-c', 'command -v docker']), join(root, 'opt/docker/docker'));
    const plugin = '{{range .ClientInfo.Plugins}}{{if eq .Name "compose"}}{{.Path}}{{end}}{{end}}';
    copyFileSync(docker('info', '--format', plugin), join(root, 'usr/local/lib/docker/cli-plugins/docker-compose'));
    const endpoint = docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}').replace('unix://', '');
    writeFileSync(join(root, 'opt/docker/socket'), '');
    mount(process.env.DOCKER_HOST?.replace('unix://', '') ?? endpoint, 'opt/docker/socket');
    const settings = Object.entries({ ...environment, DOCKER_HOST: 'unix:///opt/docker/socket' });
    script(
      'usr/bin/docker',
      `export ${settings.map(([name, value]) => `${name}='${value}'`).join(' ')}`,
      'exec /opt/docker/docker "$@"',
    );
    const unit = ['[Service]', 'ExecStart=/usr/bin/docker'].join('\n');
    writeFileSync(join(root, 'usr/lib/systemd/system/docker.service'), `${unit}\n`);
  }

  return {
    root,
    disk,
    run,
    destroy() {
      for (const step of undo.reverse()) step();
    },
  };
}
