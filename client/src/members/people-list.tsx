import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ListedPerson } from '../../../shared/protocol.ts';
import { Avatar } from '../design/avatar.tsx';
import { Button } from '../design/button.tsx';
import { Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { StatusMark } from '../people/status-mark.tsx';
import { PresenceDot } from '../presence/presence-dot.tsx';
import { useExplain } from '../wire/use-explain.ts';
import { type SearchPeople, usePeople } from './use-people.ts';
import './members.css';

type PeopleListProps = {
  search: SearchPeople;
  /** Those in it only. */
  channel?: number;
  label: string;
  /** What stands beside a name. */
  children(person: ListedPerson): ReactNode;
  /** Enter in the search field takes the first one found. */
  onFirst?(person: ListedPerson): void;
};

/** A searchable list that never loads everyone: further pages come as one scrolls. */
export function PeopleList({ search, channel, label, children, onFirst }: PeopleListProps) {
  const { members, actions } = useMorePhrases();
  const explain = useExplain();
  const [query, setQuery] = useState('');
  const people = usePeople(search, query.trim(), channel);
  const found = people.data?.pages.flatMap((page) => page.people) ?? [];
  const total = people.data?.pages[0]?.total ?? 0;
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (found[0] && !people.isPlaceholderData) onFirst?.(found[0]);
        }}
      >
        <Field
          label={members.search}
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          autoComplete="off"
        />
      </form>
      {people.isError && <Fault>{explain(people.error)}</Fault>}
      <p className="people-count" role="status">
        {people.isSuccess && (found.length === 0 ? members.noneFound : members.count(total))}
      </p>
      <ul className="people" aria-label={label} aria-busy={people.isPending}>
        {found.map((person) => (
          <li key={person.id}>
            <span className="face">
              <Avatar id={person.id} name={person.name} picture={person.avatar} />
              <PresenceDot member={person.id} />
            </span>
            <span className="people-name">
              <button type="button" className="name-button" data-person={person.id}>
                <bdi>{person.name}</bdi>
              </button>
              <StatusMark member={person.id} />
              <Roles person={person} />
            </span>
            {children(person)}
          </li>
        ))}
      </ul>
      {people.hasNextPage && (
        <More busy={people.isFetchingNextPage} onMore={() => void people.fetchNextPage()}>
          {members.more}
        </More>
      )}
      {people.isError && <Button onClick={() => void people.refetch()}>{actions.retry}</Button>}
    </>
  );
}

function Roles({ person }: { person: ListedPerson }) {
  const { members, workspace } = useMorePhrases();
  const roles = [person.owner && members.channelOwner, person.role !== 'member' && workspace.role[person.role]];
  const text = roles.filter(Boolean).join(' · ');
  return text === '' ? null : <span>{text}</span>;
}

/** Loads by itself once it is in sight; it is a button for whoever doesn't scroll. */
function More({ busy, onMore, children }: { busy: boolean; onMore(): void; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  const more = useRef(onMore);
  more.current = onMore;
  useEffect(() => {
    if (busy || !ref.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) more.current();
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [busy]);
  return (
    <div ref={ref}>
      <Button kind="plain" size="small" busy={busy} onClick={onMore}>
        {children}
      </Button>
    </div>
  );
}
