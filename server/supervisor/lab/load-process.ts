import { spawn } from 'node:child_process';
import { LabFigures, type LabGuests, noFigures } from '../../lab/lab-order.ts';

export type LoadProcess = {
  pace(load: { perSecond: number; twice: boolean }): void;
  figures(): LabFigures;
  stop(): void;
};

export type StartLoad = (guests: LabGuests) => LoadProcess;

/** The virtual members run in a process of their own, which ends with this one; their sessions reach it by no file. */
export function loadProcessOf(options: { port: number; dataDirectory: string }): StartLoad {
  return (guests) => {
    let figures = noFigures;
    const child = spawn(process.execPath, ['chaos/lab/main.ts'], {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      detached: true,
    });
    child.on('error', () => undefined); // then nothing is counted, which shows
    child.on('message', (message) => {
      figures = LabFigures.safeParse(message).data ?? figures;
    });
    child.send({ ...options, channel: guests.channel, members: guests.members, kind: 'begin' }, () => undefined);
    return {
      pace(load) {
        if (child.connected) child.send({ kind: 'pace', ...load }, () => undefined);
      },
      figures: () => figures,
      stop: () => void child.kill('SIGKILL'),
    };
  };
}
