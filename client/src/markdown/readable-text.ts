import { type Block, type Inline, parseMarkdown } from './markdown.ts';

/** All of a message that can be read, without its marks; `hidden` stands where a spoiler is. */
export function readableText(text: string, hidden: string): string {
  return blocksText(parseMarkdown(text), hidden);
}

function blocksText(blocks: Block[], hidden: string): string {
  return blocks.map((block) => blockText(block, hidden)).join('\n');
}

function blockText(block: Block, hidden: string): string {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return inlinesText(block.children, hidden);
    case 'quote':
      return blocksText(block.blocks, hidden);
    case 'code':
      return block.text;
    case 'list':
      return block.items.map(({ blocks }) => blocksText(blocks, hidden)).join('\n');
    case 'table':
      return [block.head, ...block.rows]
        .map((cells) => cells.map((cell) => inlinesText(cell, hidden)).join(' · '))
        .join('\n');
    case 'rule':
      return '';
  }
}

function inlinesText(inlines: Inline[], hidden: string): string {
  return inlines
    .map((inline) => {
      if (inline.kind === 'spoiler') return hidden;
      return 'children' in inline ? inlinesText(inline.children, hidden) : inline.text;
    })
    .join('');
}
