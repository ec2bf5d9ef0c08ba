import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The path of a program, installed from Debian's archive where it is missing and we may; else why there is none. */
export function debianProgram(name: string, debianPackage: string): { path: string } | { missing: string } {
  const found = pathOf(name);
  if (found !== undefined) return { path: found };
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version'))
    return { missing: `${name} isn't installed (Debian package ${debianPackage})` };
  try {
    const options = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } } as const;
    execFileSync('apt-get', ['-q', 'update'], options);
    execFileSync('apt-get', ['-q', 'install', '-y', '--no-install-recommends', debianPackage], options);
  } catch {
    return { missing: `${debianPackage} couldn't be installed` };
  }
  const installed = pathOf(name);
  return installed === undefined ? { missing: `${debianPackage} brings no ${name}` } : { path: installed };
}

function pathOf(name: string): string | undefined {
  return ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin']
    .map((directory) => `${directory}/${name}`)
    .find((path) => existsSync(path));
}
