import { Link } from 'wouter';
import { Blank } from '../design/blank.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

/** Why there is nothing to see: without another reason, because it isn't for everyone. */
export function ClusterRefused({ reason }: { reason?: string }) {
  const { cluster, notFound } = useMorePhrases();
  return (
    <Blank whole title={cluster.title}>
      <p role="alert">{reason ?? cluster.notYours}</p>
      <Link className="button" data-kind="primary" href="/">
        {notFound.back}
      </Link>
    </Blank>
  );
}
