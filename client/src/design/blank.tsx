import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import './blank.css';

type BlankProps = { title: string; children?: ReactNode; turning?: boolean; whole?: boolean };

/** A place with nothing in it, part of the page or the `whole`: says what it is and what to do next. */
export function Blank({ title, children, turning = false, whole = false }: BlankProps) {
  const Place = whole ? 'main' : 'div';
  return (
    <Place className="blank">
      <Mark turning={turning} />
      <h1>{title}</h1>
      {children}
    </Place>
  );
}
