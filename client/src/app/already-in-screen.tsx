import { Link } from 'wouter';
import { Blank } from '../design/blank.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

/** A member has opened an invite link. */
export function AlreadyInScreen({ workspace }: { workspace: string }) {
  const { identity, notFound } = useMorePhrases();
  return (
    <Blank whole title={identity.alreadyIn(workspace)}>
      <p>{identity.alreadyInText}</p>
      <Link className="button" data-kind="primary" href="/">
        {notFound.back}
      </Link>
    </Blank>
  );
}
