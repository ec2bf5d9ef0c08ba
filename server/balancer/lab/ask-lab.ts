import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { LabAnswer, type LabOrder, labLineLimit } from '../../lab/lab-order.ts';

/** The supervisor's socket, and the folder of those of replicas that no supervisor keeps. */
export type LabDoors = { supervisor: string; replicas: string };

const patienceMs = 5_000;

/** Passes an order on to whoever takes it and checks the ticket; undefined where there is no lab to be asked. */
export async function askLab(doors: LabDoors, ticket: string, order: LabOrder): Promise<LabAnswer | undefined> {
  for (const path of [doors.supervisor, ...(await replicasFor(order, doors.replicas))]) {
    const answer = await askAt(path, ticket, order);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** What is for one replica goes to that one alone; anything else any of them can answer. */
async function replicasFor(order: LabOrder, directory: string): Promise<string[]> {
  const names = 'replica' in order ? [`${order.replica}.sock`] : await readdir(directory).catch(() => []);
  return names.map((name) => join(directory, name));
}

function askAt(path: string, ticket: string, order: LabOrder): Promise<LabAnswer | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    let text = '';
    socket.setTimeout(patienceMs, () => socket.destroy());
    socket.setEncoding('utf8');
    socket.on('connect', () => socket.write(`${JSON.stringify({ ticket, order })}\n`));
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (text.length > labLineLimit) socket.destroy();
    });
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(read(text)));
  });
}

function read(text: string): LabAnswer | undefined {
  try {
    return LabAnswer.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
