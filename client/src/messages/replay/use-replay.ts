import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { LogEvent, LogStretch } from '../../../../shared/protocol.ts';
import { isSeen, pauseBefore, type Replayed, replay } from './replay-state.ts';

export type LoadStretch = (after: number) => Promise<LogStretch>;

export type Replay = {
  state: 'loading' | 'ready' | 'failed';
  events: readonly LogEvent[];
  /** How many of the events have been played. */
  position: number;
  shown: Replayed;
  playing: boolean;
  /** The beginning has left the log already: what is shown begins later than was asked for. */
  cut: boolean;
  setPlaying(playing: boolean): void;
  seek(position: number): void;
  retry(): void;
};

/** Enough to be worth a look, few enough to be shown at once. */
const wanted = 300;
const roundsLimit = 40;

/** Plays a channel's log from a point on; whatever is seeked stays bounded by what was loaded. */
export function useReplay(load: LoadStretch, after: number, speed: number, startPlaying: boolean): Replay {
  const [events, setEvents] = useState<readonly LogEvent[]>([]);
  const [state, setState] = useState<Replay['state']>('loading');
  const [cut, setCut] = useState(false);
  const [position, setPosition] = useState(0);
  const [playing, setPlaying] = useState(startPlaying);
  const [attempt, setAttempt] = useState(0);
  const latestLoad = useRef(load);
  latestLoad.current = load;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another load
  useEffect(() => {
    let current = true;
    setState('loading');
    gather(latestLoad.current, after).then(
      (gathered) => {
        if (!current) return;
        setEvents(gathered.events);
        setCut(gathered.cut);
        setPosition(Math.min(1, gathered.events.length));
        setState('ready');
      },
      () => current && setState('failed'),
    );
    return () => {
      current = false;
    };
  }, [after, attempt]);

  useEffect(() => {
    if (!playing || state !== 'ready') return;
    if (position >= events.length) return setPlaying(false);
    const timer = setTimeout(() => setPosition(position + 1), pauseBefore(events, position, speed));
    return () => clearTimeout(timer);
  }, [playing, state, position, events, speed]);

  const shown = useMemo(() => replay(events.slice(0, position)), [events, position]);
  const play = useCallback(
    (on: boolean) => {
      if (on && position >= events.length) setPosition(0);
      setPlaying(on);
    },
    [position, events],
  );
  return {
    ...{ state, events, position, shown, playing, cut },
    setPlaying: play,
    seek: setPosition,
    retry: () => setAttempt(attempt + 1),
  };
}

async function gather(load: LoadStretch, after: number): Promise<{ events: LogEvent[]; cut: boolean }> {
  const events: LogEvent[] = [];
  let position = after;
  let cut = false;
  for (let round = 0; round < roundsLimit && events.length < wanted; round += 1) {
    const stretch = await load(position);
    cut ||= stretch.from > position;
    events.push(...stretch.events.filter(isSeen));
    position = stretch.to;
    if (position >= stretch.head) break;
  }
  return { events: events.slice(0, wanted), cut };
}
