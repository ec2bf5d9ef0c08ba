import { execFileSync } from 'node:child_process';

type Options = { env?: Record<string, string>; cwd?: string };

/** What a command said; throws with its complaint where it went wrong. */
export function shell(command: string, parameters: readonly string[], { env, cwd }: Options = {}): string {
  try {
    return execFileSync(command, parameters, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
      maxBuffer: 64 * 1024 * 1024,
      ...(cwd !== undefined && { cwd }),
    }).trim();
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${parameters.join(' ')}\n${stdout}${stderr}`.trim());
  }
}

export const docker = (...parameters: string[]): string => shell('docker', parameters);
