import { Blank } from './blank.tsx';

/** Until there is more to see: the same as `index.html` shows before any script, so that nothing changes in between. */
export function Opening() {
  return <Blank whole title="Ronda" turning />;
}
