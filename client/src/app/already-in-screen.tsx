import { Link } from 'wouter';
import { Blank } from '../design/blank.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

/** Somebody who is signed in has opened an invite link, or one to a new password. */
export function AlreadyInScreen({ workspace, reset = false }: { workspace: string; reset?: boolean }) {
  const { identity, notFound } = useMorePhrases();
  return (
    <Blank whole title={identity.alreadyIn(workspace)}>
      <p>{reset ? identity.alreadyInReset : identity.alreadyInText}</p>
      <Link className="button" data-kind="primary" href="/">
        {notFound.back}
      </Link>
    </Blank>
  );
}
