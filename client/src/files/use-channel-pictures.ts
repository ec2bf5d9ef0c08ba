import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../shared/attachment.ts';
import type { ChannelPicture, PicturesPage } from '../../../shared/protocol.ts';

/** A channel's pictures before or after a message, the nearest first. */
export type PicturesBeside = (channel: number, from: number, older: boolean) => Promise<PicturesPage>;

/** What a message shows, and where it is; without a message there is nothing beside it. */
export type Standpoint = {
  pictures: readonly Attachment[];
  author: string;
  at: number;
  message?: { id: number; channel: number } | undefined;
  beside: PicturesBeside;
};

/** Answers without a picture that one look into a direction goes on from. */
const emptyAnswers = 20;

type Ends = { before: number | undefined; after: number | undefined };

/**
 * A message's pictures among those of its channel, as far as they were asked for: `more` brings what is beyond one end,
 * and nothing where that is the channel's. What was loaded stays as it was then.
 */
export function useChannelPictures({ pictures, author, at, message, beside }: Standpoint) {
  const [around, setAround] = useState<{ before: ChannelPicture[]; after: ChannelPicture[] }>({
    before: [],
    after: [],
  });
  const ends = useRef<Ends>({ before: message?.id, after: message?.id });
  const loading = useRef(new Set<keyof Ends>());
  const ended = useRef(false);
  const channel = message?.channel;

  useEffect(() => {
    ended.current = false;
    return () => {
      ended.current = true;
    };
  }, []);

  const more = useCallback(
    async (end: keyof Ends) => {
      if (channel === undefined || loading.current.has(end)) return;
      loading.current.add(end);
      try {
        for (let empty = 0; empty < emptyAnswers && !ended.current; empty += 1) {
          const from = ends.current[end];
          if (from === undefined) return;
          const { pictures: found, next } = await beside(channel, from, end === 'before');
          ends.current[end] = next;
          if (found.length === 0) continue;
          setAround((now) => ({
            ...now,
            [end]: end === 'before' ? [...inOrder(found), ...now.before] : [...now.after, ...found],
          }));
          return;
        }
      } catch {
        // Without a connection: the next step into that direction asks again.
      } finally {
        loading.current.delete(end);
      }
    },
    [channel, beside],
  );

  const own = pictures.map((picture) => ({ message: message?.id ?? 0, author, at, picture }));
  return { shown: [...around.before, ...own, ...around.after], more };
}

export const keyOf = ({ message, picture }: ChannelPicture) => `${message} ${picture.id}`;

/** The nearest message comes first, but a message's own pictures as they stand in it. */
function inOrder(found: ChannelPicture[]): ChannelPicture[] {
  return [...Map.groupBy(found, ({ message }) => message).values()].reverse().flat();
}
