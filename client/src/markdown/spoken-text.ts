import type { Phrases } from '../language/en.ts';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';

type Words = Phrases['markdown'];

const longest = 300;

/** What a message says to who hears it: no marks, no addresses, no code read out, and no spoiler given away. */
export function spokenText(text: string, words: Words): string {
  const spoken = blocksText(parseMarkdown(text), words);
  return spoken.length > longest ? `${spoken.slice(0, longest).trimEnd()}…` : spoken;
}

function blocksText(blocks: Block[], words: Words): string {
  return blocks
    .map((block) => blockText(block, words))
    .filter((part) => part.trim() !== '')
    .join('\n');
}

function blockText(block: Block, words: Words): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return inlinesText(block.children, words);
    case 'quote':
      return words.spokenQuote(blocksText(block.blocks, words));
    case 'code':
      return words.code;
    case 'list':
      return block.items.map(({ blocks }) => blocksText(blocks, words)).join('\n');
    case 'table':
      return words.table(block.head.map((cell) => inlinesText(cell, words)).join(', '));
    case 'rule':
      return '';
  }
}

function inlinesText(inlines: Inline[], words: Words): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'spoiler') return words.spoiler;
      if (inline.kind !== 'link') return 'children' in inline ? inlinesText(inline.children, words) : inline.text;
      const said = inlinesText(inline.children, words);
      return /^(?:https?:|www\.)/iu.test(said) ? words.linkTo(new URL(inline.href).host) : said;
    })
    .join('');
}
