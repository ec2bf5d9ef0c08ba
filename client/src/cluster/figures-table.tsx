import type { ReactNode } from 'react';
import type { FiguresSample, ReplicaFigures, Spread } from '../../../shared/replica-figures.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { clock } from './clock.ts';
import type { KnownReplica } from './figures.ts';
import { RateLine } from './rate-line.tsx';
import './figures.css';

type Row = {
  name: string;
  of(now: ReplicaFigures): ReactNode;
  /** Where it is worth a line over the last minutes. */
  over?(sample: FiguresSample): number;
};

/** A column for each replica: how it says that it is, and was over the last three minutes. */
export function FiguresTable({ known }: { known: readonly KnownReplica[] }) {
  const { figures } = useMorePhrases();
  const formats = useFormats();
  const spread = ({ p50, p99 }: Spread) => figures.spread(formats.number(brief(p50)), formats.number(brief(p99)));
  const rows: Row[] = [
    { name: figures.connections, of: (now) => formats.number(now.connections), over: (then) => then.connections },
    { name: figures.messages, of: (now) => formats.number(now.messages), over: (then) => then.messages },
    { name: figures.deliveries, of: (now) => formats.number(now.deliveries) },
    { name: figures.commit, of: (now) => spread(now.commitMs), over: (then) => then.commitMs.p99 },
    { name: figures.fanOut, of: (now) => spread(now.fanOutMs), over: (then) => then.fanOutMs.p99 },
    { name: figures.lockWait, of: (now) => spread(now.lockWaitMs) },
    { name: figures.position, of: (now) => `#${formats.number(now.seq)}` },
    { name: figures.lag, of: (now) => formats.number(now.lag), over: (then) => then.lag },
    { name: figures.memory, of: (now) => `${formats.number(Math.round(now.memoryBytes / 1_000_000))} MB` },
    { name: figures.uptime, of: (now) => clock(now.at - now.startedAt) },
    { name: figures.version, of: (now) => now.version },
  ];
  if (known.length === 0) return null;
  return (
    <div className="cluster-figures">
      <h2>{figures.title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="cluster-figures-frame" aria-label={figures.title} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <td />
              {known.map(({ id, now }) => (
                <th key={id} scope="col" data-silent={now === undefined}>
                  {id}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, of, over }) => {
              const lines = over && known.map(({ samples }) => samples.map(over));
              const most = Math.max(1, ...(lines ?? []).flat());
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  {known.map(({ id, now }, index) => (
                    <td key={id}>
                      {now === undefined ? figures.silent : of(now)}
                      {lines?.[index] && <RateLine rates={lines[index]} seconds={180} most={most} />}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </div>
  );
}

/** Tenths only where they say something. */
function brief(milliseconds: number): number {
  return milliseconds < 10 ? Math.round(milliseconds * 10) / 10 : Math.round(milliseconds);
}
