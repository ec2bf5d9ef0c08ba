import { useEffect, useRef, useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { Segments } from '../../design/field.tsx';
import { useExactMoment } from '../../language/use-exact-moment.ts';
import { useFormats, useMorePhrases } from '../../language/use-phrases.ts';
import { ReplayedRow } from './replayed-row.tsx';
import { type LoadStretch, useReplay } from './use-replay.ts';
import './replay.css';

const speeds = ['1', '10', '100'] as const;
type Speed = (typeof speeds)[number];

/** A stretch of a channel's log, event by event, as fast as one likes. */
export function ReplayDialog({ load, from, onClose }: { load: LoadStretch; from: number; onClose(): void }) {
  const { actions, replay: phrases, noAnswer } = useMorePhrases();
  const formats = useFormats();
  const moment = useExactMoment();
  const [speed, setSpeed] = useState<Speed>('10');
  const [still] = useState(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  const replay = useReplay(load, from - 1, Number(speed), !still);
  const { state, events, position, shown, playing, cut } = replay;
  const list = useRef<HTMLOListElement>(null);
  const last = events[position - 1];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each moment shows its end
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [position]);
  return (
    <Dialog title={phrases.title} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{cut ? phrases.cut : phrases.text}</p>
      {state === 'failed' && (
        <p role="alert">
          {noAnswer} <Button onClick={replay.retry}>{actions.retry}</Button>
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <ol className="replay-list" ref={list} tabIndex={0} aria-label={phrases.list} aria-busy={state === 'loading'}>
        {[...shown.values()].map((message) => (
          <ReplayedRow key={message.id} message={message} />
        ))}
      </ol>
      <div className="replay-controls">
        <Button
          kind="primary"
          disabled={state !== 'ready' || events.length === 0}
          onClick={() => replay.setPlaying(!playing)}
        >
          {playing ? phrases.pause : phrases.play}
        </Button>
        <Segments<Speed>
          label={phrases.speed}
          options={speeds}
          nameOf={phrases.times}
          value={speed}
          onChoose={setSpeed}
        />
        <input
          type="range"
          aria-label={phrases.moment}
          aria-valuetext={last && phrases.at(moment(last.at), formats.number(last.seq))}
          min={0}
          max={events.length}
          value={position}
          onChange={(event) => {
            replay.setPlaying(false);
            replay.seek(Number(event.target.value));
          }}
        />
        <output>{last && phrases.at(moment(last.at), formats.number(last.seq))}</output>
      </div>
    </Dialog>
  );
}
