import { useMorePhrases } from '../language/use-phrases.ts';
import { Entrance } from './entrance.tsx';

/** Somebody came before the owner did. */
export function SetUpNeededScreen() {
  const { identity } = useMorePhrases();
  return <Entrance title={identity.setUpNeededTitle} text={identity.setUpNeededText} />;
}
