import { useCallback, useEffect, useState } from 'react';
import { Link, Redirect, Route, Switch } from 'wouter';
import type { Status } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import { Blank } from '../design/blank.tsx';
import { Opening } from '../design/opening.tsx';
import { useCheckStatus, useStatus } from '../identity/status.ts';
import { keptPerson } from '../kept-person.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { laterPlace } from '../loading/later-place.tsx';
import { ChatScreen } from './chat-screen.tsx';
import { forgetPerson, forgetState } from './forget-person.ts';
import { SessionProvider, useSession } from './session-context.tsx';

/** Whoever is inside needs none of these. */
const SignInScreen = laterPlace(async () => (await import('../identity/sign-in-screen.tsx')).SignInScreen);
const JoinScreen = laterPlace(async () => (await import('../identity/join-screen.tsx')).JoinScreen);
const SetUpScreen = laterPlace(async () => (await import('../identity/set-up-screen.tsx')).SetUpScreen);
const ResetScreen = laterPlace(async () => (await import('../identity/reset-screen.tsx')).ResetScreen);
const SetUpNeededScreen = laterPlace(
  async () => (await import('../identity/set-up-needed-screen.tsx')).SetUpNeededScreen,
);
const AlreadyInScreen = laterPlace(async () => (await import('./already-in-screen.tsx')).AlreadyInScreen);
const DemoScreen = laterPlace(async () => (await import('../identity/demo-screen.tsx')).DemoScreen);
const ClusterPlace = laterPlace(async () => (await import('./cluster-place.tsx')).ClusterPlace);

/** Which screen: by who I am to the server first, by the address second. */
export function App() {
  const { unreachable } = usePhrases();
  const status = useStatus();
  const checkStatus = useCheckStatus();
  const [endedAt, setEndedAt] = useState(0);
  const signedIn = status.data?.state === 'signed-in' && status.dataUpdatedAt >= endedAt;
  const ended = endedAt > 0 && !signedIn;
  const [round, setRound] = useState(0);
  const out = status.data?.state === 'signed-out' ? status.data : undefined;
  const removed = out?.removed;
  const endedElsewhere = out?.ended;
  const endSession = useCallback(() => {
    setEndedAt(Date.now());
    setRound((last) => last + 1);
    void checkStatus(); // it may have been more than the session
  }, [checkStatus]);
  useEffect(() => {
    if (signedIn) setEndedAt(0);
  }, [signedIn]);
  const unclaimed = status.data?.state === 'set-up-needed';
  useEffect(() => {
    if (out) void forgetWhoever(out);
    if (unclaimed && keptPerson()) void forgetState(); // another Ronda at the same address
  }, [out, unclaimed]);

  if (status.data === undefined)
    return status.isError ? (
      <Blank whole title={unreachable.title} turning>
        <p role="alert">{unreachable.text}</p>
      </Blank>
    ) : (
      <Opening />
    );

  const now = status.data;
  if (now.state === 'set-up-needed')
    return (
      <Switch>
        <Route path="/setup" component={SetUpScreen} />
        <Route component={SetUpNeededScreen} />
      </Switch>
    );
  if (now.state === 'signed-out' || ended)
    return (
      <Switch>
        <Route path="/join/:code">{({ code }) => <JoinScreen code={code} />}</Route>
        <Route path="/reset" component={ResetScreen} />
        <Route path="/setup">
          <SignInScreen workspace={now.workspace} because="already-set-up" />
        </Route>
        {now.state === 'signed-out' && now.demo && (
          <Route path="/">
            <DemoScreen people={now.demo} />
          </Route>
        )}
        <Route>
          <SignInScreen
            workspace={now.workspace}
            because={
              now.untold
                ? 'not-told'
                : removed
                  ? 'removed'
                  : endedElsewhere
                    ? 'ended-elsewhere'
                    : ended
                      ? 'session-ended'
                      : undefined
            }
          />
        </Route>
      </Switch>
    );
  return (
    <SessionProvider key={`${now.me.id} ${round}`} me={now.me} workspace={now.workspace}>
      <WatchSession onEnd={endSession} />
      <Switch>
        <Route path="/">
          <ChatScreen />
        </Route>
        <Route path="/threads">
          <ChatScreen threads />
        </Route>
        <Route path="/channels/:id">
          {({ id }) => (isId(id) ? <ChatScreen channel={Number(id)} /> : <NotFound />)}
        </Route>
        <Route path="/c/:id/m/:message">
          {({ id, message }) =>
            isId(id) && isId(message) ? <ChatScreen channel={Number(id)} message={Number(message)} /> : <NotFound />
          }
        </Route>
        <Route path="/c/:id">{({ id }) => <Redirect to={`/channels/${id}`} replace />}</Route>
        <Route path="/cluster">
          <ClusterPlace />
        </Route>
        <Route path="/setup">
          <Redirect to="/" replace />
        </Route>
        <Route path="/join/:code">
          <AlreadyInScreen workspace={now.workspace} />
        </Route>
        <Route path="/reset">
          <AlreadyInScreen workspace={now.workspace} reset />
        </Route>
        <Route component={NotFound} />
      </Switch>
    </SessionProvider>
  );
}

/** Nobody is signed in: what this device kept of whoever was goes, all of it where they were put out. */
async function forgetWhoever({ removed, ended }: Extract<Status, { state: 'signed-out' }>): Promise<void> {
  const putOut = removed ?? ended;
  if (putOut) await forgetPerson(`${putOut.log}.${putOut.member}`);
  else if (keptPerson()) await forgetState();
}

function isId(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

/** The server ended the session: signed out elsewhere, revoked or expired. */
function WatchSession({ onEnd }: { onEnd(): void }) {
  const session = useSession();
  const state = useCell(session.follower.state);
  useEffect(() => {
    if (state.kind === 'signed-out' && !session.leaving) onEnd();
  }, [session, state, onEnd]);
  return null;
}

function NotFound() {
  const { notFound } = usePhrases();
  return (
    <Blank whole title={notFound.title}>
      <p>{notFound.text}</p>
      <Link className="button" data-kind="primary" href="/">
        {notFound.back}
      </Link>
    </Blank>
  );
}
