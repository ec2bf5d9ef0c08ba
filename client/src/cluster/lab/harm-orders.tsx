import { Button } from '../../design/button.tsx';
import { useMorePhrases } from '../../language/use-phrases.ts';
import type { Lab, LabOrder } from './use-lab.ts';

const seconds = 10;
const delayMs = 300;

/** What can be done to one replica while the lab is open, and what is being done to it. */
export function HarmOrders({ replica, lab }: { replica: string; lab: Extract<Lab, { kind: 'open' }> }) {
  const { lab: phrases } = useMorePhrases();
  const orders: [keyof typeof phrases.harm, LabOrder][] = [
    ['kill', { kind: 'kill', replica }],
    ['freeze', { kind: 'freeze', replica, seconds }],
    ['slow', { kind: 'slow', replica, seconds, delayMs }],
    ['isolate', { kind: 'isolate', replica, seconds }],
    ['restart', { kind: 'restart', replica }],
  ];
  const harms = orders.filter(([name]) => lab.state.harms.includes(name));
  const now = lab.state.faults.filter((fault) => fault.replica === replica).map(({ kind }) => phrases.now[kind]);
  return (
    <div className="harm-orders">
      {harms.map(([name, order]) => (
        <Button
          key={name}
          kind={name === 'kill' ? 'danger' : 'plain'}
          size="small"
          aria-label={`${phrases.harm[name](seconds)}: ${replica}`}
          onClick={() => void lab.give(order)}
        >
          {phrases.harm[name](seconds)}
        </Button>
      ))}
      {now.length > 0 && <span className="harm-now">{now.join(', ')}</span>}
    </div>
  );
}
