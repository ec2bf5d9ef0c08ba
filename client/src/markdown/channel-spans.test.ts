import { expect, test } from 'vitest';
import { channelSpans } from './channel-spans.ts';

const channels = new Map([
  ['general', 1],
  ['general talk', 2],
]);
const found = (text: string) =>
  channelSpans(text, channels).flatMap(({ channel, text: name }) => (channel ? [name] : []));

test('a channel that the reader knows is found by its name, the longest one that fits', () => {
  expect(channelSpans('see #General Talk, #general!', channels)).toEqual([
    { text: 'see ' },
    { text: '#General Talk', channel: 2 },
    { text: ', ' },
    { text: '#general', channel: 1 },
    { text: '!' },
  ]);
});

test('other words, parts of words and addresses name none', () => {
  for (const text of ['#generally', '#other', 'a#general', '/#general', '##general', '&#general', '#'])
    expect(found(text)).toEqual([]);
});
