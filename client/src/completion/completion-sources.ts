import { createContext } from 'react';
import type { Person } from '../../../shared/protocol.ts';

/** One line of the list; `text` takes the place of what was typed. */
export type Candidate = {
  key: string;
  text: string;
  label: string;
  mark?: string;
  /** Whose face stands in place of the mark. */
  person?: Person;
  detail?: string;
};

export type CompletionSources = {
  /** The members of the channel first; accents are ignored. */
  people(query: string): Promise<Candidate[]>;
  channels(query: string): Candidate[];
};

/** What can be completed in the place where one writes. */
export const CompletionContext = createContext<CompletionSources>({
  people: () => Promise.resolve([]),
  channels: () => [],
});
