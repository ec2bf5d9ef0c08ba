import { createContext, useContext } from 'react';
import { Link } from 'wouter';
import { channelSpans } from './channel-spans.ts';

export const noChannels: ReadonlyMap<string, number> = new Map();
/** The channels that the reader may go to, by their names in small letters. */
export const ChannelNames = createContext(noChannels);

/** Text in which the names of channels lead there. */
export function TextWithChannels({ text }: { text: string }) {
  const channels = useContext(ChannelNames);
  return channelSpans(text, channels).map((span, index) =>
    span.channel === undefined ? (
      span.text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <Link key={index} href={`/channels/${span.channel}`} className="channel-link">
        <bdi>{span.text}</bdi>
      </Link>
    ),
  );
}
