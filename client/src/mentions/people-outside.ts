import { mentionSpots, namesWhoIsHere, namesWholeChannel } from '../../../shared/mentions.ts';
import type { Person, SearchMembers } from '../../../shared/protocol.ts';
import { foldName } from '../../../shared/text-rules.ts';

type Search = (input: Pick<SearchMembers, 'query'> & { channel?: number }) => Promise<{ people: Person[] }>;

const spotsLimit = 5;

/** Whom a text names who isn't in the channel, and so isn't told of it: each once, the longest name that is somebody's. */
export async function peopleOutside(search: Search, channel: number, text: string): Promise<Person[]> {
  const called = async (name: string, where: { channel?: number }) =>
    (await search({ query: name, ...where })).people.find((person) => foldName(person.name) === foldName(name));
  const outside = await Promise.all(
    mentionSpots(text)
      .slice(0, spotsLimit)
      .map(async ({ names }) => {
        // Whoever has a longer name is found by its beginning.
        const beginning = names.at(-1)?.text ?? '';
        if ((await search({ query: beginning })).people.length === 0) return [];
        for (const { text: name } of names) {
          if (namesWholeChannel(name) || namesWhoIsHere(name) || (await called(name, { channel }))) return [];
          const person = await called(name, {});
          if (person) return [person];
        }
        return [];
      }),
  );
  return [...new Map(outside.flat().map((person) => [person.id, person])).values()];
}
