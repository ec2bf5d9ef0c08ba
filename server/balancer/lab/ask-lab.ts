import { connect } from 'node:net';
import { LabAnswer, type LabOrder, labLineLimit } from '../../lab/lab-order.ts';

const patienceMs = 5_000;

/** Passes an order on to the supervisor, which checks the ticket; undefined where there is no lab to be asked. */
export function askLab(path: string, ticket: string, order: LabOrder): Promise<LabAnswer | undefined> {
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
