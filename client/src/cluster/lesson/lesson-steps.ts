import type { ClusterView } from '../cluster-view.ts';
import type { KnownReplica } from '../figures.ts';
import type { LabState } from '../lab/use-lab.ts';

/** What the page knows at one moment. */
export type Facts = {
  view: ClusterView;
  known: readonly KnownReplica[];
  lab: LabState | undefined;
  labClosed: boolean;
};

export type StepName = 'roundRobin' | 'oneOrder' | 'failover' | 'drain' | 'exactlyOnce' | 'cleanUp';

/** What a step has seen since it began; `done` stays once it is true. */
export type Progress = { start: Facts; away: readonly string[]; done: boolean };

/** What a step needs that isn't there everywhere: `load` is a lab with virtual members. */
export type Need = 'nothing' | 'lab' | 'load';

export type Step = { name: StepName; needs: Need; happened(facts: Facts, progress: Progress): boolean };

export const steps: readonly Step[] = [
  { name: 'roundRobin', needs: 'nothing', happened: wholeRounds },
  { name: 'oneOrder', needs: 'load', happened: writtenThroughAll },
  { name: 'failover', needs: 'lab', happened: cameBack },
  { name: 'drain', needs: 'nothing', happened: drainedAndTakenBack },
  { name: 'exactlyOnce', needs: 'load', happened: repeatedInVain },
  { name: 'cleanUp', needs: 'lab', happened: ({ labClosed }) => labClosed },
];

export function begin(facts: Facts): Progress {
  return { start: facts, away: [], done: false };
}

/** Pure: whether what the step asks for has happened, as far as it has been seen. */
export function progressAfter(step: Step, progress: Progress, facts: Facts): Progress {
  const gone = step.name === 'drain' ? emptied(facts) : unreachable(facts, progress.start);
  const away = [...new Set([...progress.away, ...gone])];
  return { start: progress.start, away, done: progress.done || step.happened(facts, { ...progress, away }) };
}

/** At least ten rounds, and nobody got more than one turn more than anybody else. */
function wholeRounds({ view }: Facts, { start }: Progress): boolean {
  const turns = (view.state?.replicas ?? []).map(
    ({ id, assigned }) => assigned.connections - (find(start, id)?.assigned.connections ?? assigned.connections),
  );
  return turns.length > 1 && Math.min(...turns) >= 10 && Math.max(...turns) - Math.min(...turns) <= 1;
}

function writtenThroughAll({ lab, known }: Facts, { start }: Progress): boolean {
  const since = start.view.state?.at ?? 0;
  const writing = known.filter(({ samples }) => samples.some(({ at, messages }) => at > since && messages > 0));
  if (lab === undefined || writing.length < Math.min(2, known.length)) return false;
  return lab.figures.stored - (start.lab?.figures.stored ?? 0) >= 50 && lab.figures.reordered === 0;
}

function cameBack(facts: Facts, { away }: Progress): boolean {
  return facts.lab?.figures.lost === 0 && away.some((id) => find(facts, id)?.state === 'up');
}

function drainedAndTakenBack(facts: Facts, { away }: Progress): boolean {
  return away.some((id) => find(facts, id)?.state === 'up');
}

function repeatedInVain({ lab }: Facts, { start }: Progress): boolean {
  if (lab === undefined) return false;
  const repeated = lab.figures.repeated - (start.lab?.figures.repeated ?? 0);
  return lab.load?.twice === true && repeated >= 30 && lab.figures.doubled === 0;
}

function unreachable({ view }: Facts, { view: before }: Facts): string[] {
  const fresh = view.changes.filter(({ id }) => id > (before.changes[0]?.id ?? 0));
  const changed = fresh.filter(({ to }) => to === 'down' || to === 'starting').map(({ replica }) => replica);
  const now = view.state?.replicas.filter(({ state }) => state === 'down' || state === 'starting') ?? [];
  return [...changed, ...now.map(({ id }) => id)];
}

function emptied({ view }: Facts): string[] {
  const drained = view.state?.replicas.filter(({ state, tunnels }) => state === 'draining' && tunnels === 0) ?? [];
  return drained.map(({ id }) => id);
}

function find({ view }: Facts, id: string) {
  return view.state?.replicas.find((replica) => replica.id === id);
}
