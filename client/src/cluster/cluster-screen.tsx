import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { Link } from 'wouter';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import type { Ask } from '../wire/ask.ts';
import { refusalOf } from '../wire/refusal.ts';
import { useExplain } from '../wire/use-explain.ts';
import { BalancerFigures } from './balancer-figures.tsx';
import { ClusterPicture } from './cluster-picture.tsx';
import { ClusterRefused } from './cluster-refused.tsx';
import { type ClusterEvent, type ClusterView, emptyView, landed, viewAfter } from './cluster-view.ts';
import { FiguresTable } from './figures-table.tsx';
import { HarmOrders } from './lab/harm-orders.tsx';
import { LabPanel } from './lab/lab-panel.tsx';
import { type Lab, useLab } from './lab/use-lab.ts';
import { LessonPanel } from './lesson/lesson-panel.tsx';
import type { Need } from './lesson/lesson-steps.ts';
import { RecentChanges } from './recent-changes.tsx';
import { type Order, ReplicaTable } from './replica-table.tsx';
import { createTrialConnections, type TrialConnections } from './trial-connections.ts';
import { useFigures } from './use-figures.ts';
import { useUpright } from './use-upright.ts';
import { type Watching, watchCluster } from './watch-cluster.ts';
import './cluster.css';

const trialCount = 60;

/** The balancer and its replicas at work, live. */
export function ClusterScreen({ ask: askReplica, own }: { ask: Ask; own: string | undefined }) {
  const phrases = useMorePhrases();
  const { cluster } = phrases;
  const explain = useExplain();
  const upright = useUpright();
  const [view, tell] = useReducer(reduce, emptyView);
  const [watching, setWatching] = useState<Watching>({ kind: 'connecting' });
  const [fault, setFault] = useState<string>();
  const [open, setOpen] = useState(0);
  const known = useFigures(askReplica);
  const [learning, setLearning] = useState(false);
  const refuse = useCallback(() => setFault(cluster.orderFailed), [cluster]);
  const ask = watching.kind === 'live' ? watching.ask : undefined;
  const lab = useLab(ask, refuse);
  const labState = lab.kind === 'open' ? lab.state : undefined;
  const closed = lab.kind === 'closed';
  const facts = useMemo(() => ({ view, known, lab: labState, labClosed: closed }), [view, known, labState, closed]);
  const trial = useRef<TrialConnections>(undefined);

  useEffect(() => watchCluster(tell, setWatching), []);
  useEffect(() => {
    const connections = createTrialConnections(setOpen);
    trial.current = connections;
    return () => connections.closeAll();
  }, []);

  if (watching.kind === 'refused') {
    const notAllowed = refusalOf(watching.error)?.reason === 'not-allowed';
    return <ClusterRefused {...(!notAllowed && { reason: explain(watching.error) })} />;
  }

  const give =
    ask &&
    ((replica: string, order: Order) => {
      setFault(undefined);
      ask[order].mutate({ replica }).then((state) => tell({ kind: 'state', state }), refuse);
    });
  return (
    <main className="cluster" data-lesson={learning}>
      <header>
        <h1>{cluster.title}</h1>
        <Button kind="primary" aria-expanded={learning} onClick={() => setLearning(!learning)}>
          {phrases.lesson.title}
        </Button>
        <Link className="button" data-kind="quiet" href="/">
          {phrases.notFound.back}
        </Link>
      </header>
      <p className="cluster-intro">{cluster.intro}</p>
      {view.state === undefined ? (
        <Blank title={cluster.connecting} turning />
      ) : (
        <>
          {learning && <LessonPanel facts={facts} there={thereWith(lab)} onClose={() => setLearning(false)} />}
          <section className="cluster-stage" aria-label={cluster.picture}>
            <ClusterPicture {...{ view, own }} upright={upright} onLanded={({ id }) => tell({ kind: 'landed', id })} />
            <BalancerFigures state={view.state} />
            <div className="cluster-trial">
              <Button onClick={() => trial.current?.open(trialCount)}>{cluster.openConnections(trialCount)}</Button>
              <Button disabled={open === 0} onClick={() => trial.current?.closeAll()}>
                {cluster.closeConnections(open)}
              </Button>
              {watching.kind === 'connecting' && <span role="status">{cluster.connecting}</span>}
            </div>
          </section>
          <ReplicaTable
            {...{ view, own, give }}
            more={(replica) => lab.kind === 'open' && <HarmOrders {...{ replica, lab }} />}
          />
          <Fault>{fault}</Fault>
          <LabPanel lab={lab} />
          <FiguresTable known={known} />
          <RecentChanges changes={view.changes} />
        </>
      )}
    </main>
  );
}

/** Until it is known, everything is taken to be there. */
function thereWith(lab: Lab): Need[] {
  if (lab.kind === 'absent') return [];
  const load = lab.kind === 'asking' || (lab.kind === 'closed' ? lab.load : lab.state.load !== null);
  return load ? ['lab', 'load'] : ['lab'];
}

type Told = ClusterEvent | { kind: 'landed'; id: number };

function reduce(view: ClusterView, told: Told): ClusterView {
  return told.kind === 'landed' ? landed(view, told.id) : viewAfter(view, told);
}
