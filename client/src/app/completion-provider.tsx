import { type ReactNode, useMemo, useRef } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { foldName } from '../../../shared/text-rules.ts';
import { type Candidate, CompletionContext, type CompletionSources } from '../completion/completion-sources.ts';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';

/** The list's length, of which I may be one that isn't shown. */
const shown = 8;
const people = shown + 1;

type CompletionProviderProps = {
  channel: number | undefined;
  me: number;
  channels: WorkspaceData['channels'];
  children: ReactNode;
};

/** What can be completed while writing in a channel. */
export function CompletionProvider({ channel, me, channels, children }: CompletionProviderProps) {
  const { ask } = useSession();
  const { completion } = usePhrases();
  const formats = useFormats();
  // Counts in them change with every message; whoever writes shall not be drawn again for that.
  const latestChannels = useRef(channels);
  latestChannels.current = channels;
  const sources = useMemo<CompletionSources>(() => {
    const groups: Candidate[] = [
      {
        key: 'channel',
        text: `@${completion.channelWord}`,
        label: `@${completion.channelWord}`,
        detail: completion.everyone,
      },
      { key: 'here', text: `@${completion.hereWord}`, label: `@${completion.hereWord}`, detail: completion.here },
    ];
    return {
      async people(query) {
        const inChannel =
          channel === undefined ? undefined : await ask.members.search.query({ query, channel, limit: people });
        const found = inChannel?.people ?? [];
        const outside: Person[] = [];
        if (found.length < people) {
          const ids = new Set(found.map(({ id }) => id));
          const everywhere = await ask.members.search.query({ query, limit: people });
          outside.push(...everywhere.people.filter(({ id }) => !ids.has(id)));
        }
        const candidates = (some: Person[], detail?: string) =>
          some
            .filter(({ id }) => id !== me)
            .map((person) => ({
              ...{ key: String(person.id), text: `@${person.name}`, label: person.name, person },
              ...(detail !== undefined && { detail }),
            }));
        const fitting = groups.filter(({ text }) => foldName(text.slice(1)).startsWith(foldName(query)));
        return [
          ...candidates(found).slice(0, shown - fitting.length),
          ...fitting,
          ...candidates(outside, completion.outside),
        ];
      },
      channels(query) {
        const asked = foldName(query);
        return latestChannels.current
          .filter(
            ({ name, direct }) =>
              !direct &&
              foldName(name)
                .split(' ')
                .some((_, at, words) => words.slice(at).join(' ').startsWith(asked)),
          )
          .sort((a, b) => formats.compare(a.name, b.name))
          .map(({ id, name }) => ({ key: String(id), text: `#${name}`, label: name, mark: '#' }));
      },
    };
  }, [ask, channel, me, completion, formats]);
  return <CompletionContext value={sources}>{children}</CompletionContext>;
}
