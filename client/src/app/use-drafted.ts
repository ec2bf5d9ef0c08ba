import { useEffect, useState } from 'react';
import { draftChange, draftedPlaces } from '../messages/drafts.ts';

/** The channels in which I have begun to write, by their numbers between spaces: the same string for as long as they are the same. */
export function useDrafted(owner: string | undefined): string {
  const [drafted, setDrafted] = useState('');
  useEffect(() => {
    if (owner === undefined) return;
    const look = () => setDrafted(` ${draftedPlaces(owner).sort().join(' ')} `);
    look();
    return draftChange.subscribe(look);
  }, [owner]);
  return drafted;
}
