/** A piece of text, and the channel that it names. */
export type ChannelSpan = { text: string; channel?: number };

const inWord = /[\p{L}\p{M}\p{N}_]/u;
const beforeName = /[\p{L}\p{M}\p{N}_/&#]/u;

/** Finds `#names` of channels that the reader knows; of two that fit, the longer one is meant. */
export function channelSpans(text: string, channels: ReadonlyMap<string, number>): ChannelSpan[] {
  const spans: ChannelSpan[] = [];
  const folded = text.toLowerCase();
  let end = 0;
  for (let at = text.indexOf('#'); at !== -1; at = text.indexOf('#', Math.max(at + 1, end))) {
    if (beforeName.test(text[at - 1] ?? '')) continue;
    const name = [...channels.keys()]
      .filter((one) => folded.startsWith(one, at + 1) && !inWord.test(text[at + 1 + one.length] ?? ''))
      .sort((a, b) => b.length - a.length)[0];
    if (name === undefined) continue;
    if (at > end) spans.push({ text: text.slice(end, at) });
    end = at + 1 + name.length;
    spans.push({ text: text.slice(at, end), channel: channels.get(name) ?? 0 });
  }
  if (end < text.length) spans.push({ text: text.slice(end) });
  return spans;
}
