import { namesWhoIsHere, namesWholeChannel } from '../../../shared/mentions.ts';
import type { Mentions } from '../../../shared/protocol.ts';
import type { Block, Inline, ListItem } from './markdown.ts';

/** A message's mentions as one reader sees them; nothing calls 0, who wrote it. */
export type ShownMentions = { mentions: Mentions; me: number };

const word = /[\p{L}\p{M}\p{N}]+/uy;
const restOfWord = /[\p{L}\p{M}\p{N}]/u;

/** The same blocks, with the mentions in their text told apart from it. Code and addresses are left alone. */
export function withMentions(blocks: Block[], shown: ShownMentions): Block[] {
  return blocks.map((block) => mentionsInBlock(block, shown));
}

function mentionsInBlock(block: Block, shown: ShownMentions): Block {
  const inside = (inlines: Inline[]) => mentionsInline(inlines, shown);
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return { ...block, children: inside(block.children) };
    case 'quote':
      return { ...block, blocks: withMentions(block.blocks, shown) };
    case 'list': {
      const items: ListItem[] = block.items.map((item) => ({ ...item, blocks: withMentions(item.blocks, shown) }));
      return { ...block, items };
    }
    case 'table':
      return { ...block, head: block.head.map(inside), rows: block.rows.map((row) => row.map(inside)) };
    default:
      return block;
  }
}

function mentionsInline(inlines: Inline[], shown: ShownMentions): Inline[] {
  return inlines.flatMap((inline): Inline[] => {
    if (inline.kind === 'text') return split(inline.text, shown);
    if (inline.kind === 'link' || !('children' in inline)) return [inline];
    return [{ ...inline, children: mentionsInline(inline.children, shown) }];
  });
}

function split(text: string, shown: ShownMentions): Inline[] {
  const parts: Inline[] = [];
  let end = 0;
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', Math.max(at + 1, end))) {
    const mention = mentionAt(text, at + 1, shown);
    if (mention === undefined) continue;
    if (at > end) parts.push({ kind: 'text', text: text.slice(end, at) });
    parts.push(mention);
    end = at + 1 + mention.text.length;
  }
  if (end < text.length) parts.push({ kind: 'text', text: text.slice(end) });
  return parts;
}

type Mention = Extract<Inline, { kind: 'mention' }>;

function mentionAt(text: string, start: number, { mentions, me }: ShownMentions): Mention | undefined {
  const named = mentions.people
    .filter((one) => text.startsWith(one.text, start) && !restOfWord.test(text[start + one.text.length] ?? ''))
    .sort((a, b) => b.text.length - a.text.length)[0];
  if (named) return { kind: 'mention', text: named.text, member: named.member, ofMe: named.member === me };
  word.lastIndex = start;
  const [found = ''] = word.exec(text) ?? [];
  if (mentions.channel && namesWholeChannel(found)) return { kind: 'mention', text: found, ofMe: me !== 0 };
  // So many were there that the whole channel was meant.
  const here = mentions.here?.includes(me) ?? (mentions.channel && me !== 0);
  if (here !== undefined && namesWhoIsHere(found)) return { kind: 'mention', text: found, ofMe: here };
  return undefined;
}
