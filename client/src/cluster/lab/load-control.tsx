import { useEffect, useId, useState } from 'react';
import { Choice } from '../../design/field.tsx';
import { useMorePhrases } from '../../language/use-phrases.ts';
import type { LabOrder, LabState } from './use-lab.ts';

const most = 200;
const step = 10;
/** While it is dragged it isn't told each of its places. */
const settledMs = 150;

type LoadControlProps = { load: NonNullable<LabState['load']>; give(order: LabOrder): Promise<boolean> };

/** How much the virtual members write, and whether they say everything twice. */
export function LoadControl({ load, give }: LoadControlProps) {
  const { lab } = useMorePhrases();
  const id = useId();
  const [perSecond, setPerSecond] = useState(load.perSecond);
  const [touched, setTouched] = useState(false);
  useEffect(() => {
    if (!touched) return setPerSecond(load.perSecond);
    const timer = setTimeout(() => {
      setTouched(false);
      void give({ kind: 'load', perSecond, twice: load.twice });
    }, settledMs);
    return () => clearTimeout(timer);
  }, [touched, perSecond, load, give]);
  return (
    <div className="lab-load">
      <label htmlFor={id}>{lab.load}</label>
      <input
        id={id}
        type="range"
        min={0}
        max={most}
        step={step}
        value={perSecond}
        aria-valuetext={lab.perSecond(perSecond)}
        onChange={(event) => {
          setPerSecond(Number(event.target.value));
          setTouched(true);
        }}
      />
      <output htmlFor={id}>{lab.perSecond(perSecond)}</output>
      <Choice
        type="checkbox"
        label={lab.twice}
        hint={lab.twiceHint}
        checked={load.twice}
        onChange={(event) => void give({ kind: 'load', perSecond: load.perSecond, twice: event.target.checked })}
      />
    </div>
  );
}
