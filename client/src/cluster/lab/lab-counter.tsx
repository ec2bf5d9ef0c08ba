import { useFormats, useMorePhrases } from '../../language/use-phrases.ts';
import type { LabState } from './use-lab.ts';

/** What became of the virtual members' messages. The three that must be zero stand apart. */
export function LabCounter({ figures }: Pick<LabState, 'figures'>) {
  const { lab } = useMorePhrases();
  const formats = useFormats();
  const { sent, acknowledged, repeated, stored, delivered, due, lost, doubled, reordered, worstAwayMs } = figures;
  const number = formats.number;
  const way: [string, string][] = [
    [lab.sent, number(sent)],
    [lab.acknowledged, number(acknowledged)],
    [lab.repeated, number(repeated)],
    [lab.stored, number(stored)],
    [lab.delivered, lab.ofDue(number(delivered), number(due))],
    [lab.worstAway, lab.seconds(number(Math.round(worstAwayMs / 100) / 10))],
  ];
  const faults: [string, number][] = [
    [lab.lost, lost],
    [lab.doubled, doubled],
    [lab.reordered, reordered],
  ];
  return (
    <dl className="lab-counter" aria-label={lab.counter}>
      {faults.map(([name, count]) => (
        <div key={name} data-fault={count > 0}>
          <dt>{name}</dt>
          <dd>{number(count)}</dd>
        </div>
      ))}
      {way.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
