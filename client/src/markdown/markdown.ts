import { blocksOf } from './blocks.ts';

export type Inline =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'strong' | 'emphasis' | 'strike' | 'spoiler'; children: Inline[] }
  | { kind: 'mention'; text: string; member?: number; ofMe: boolean }
  | { kind: 'link'; href: string; children: Inline[] };

export type Alignment = 'left' | 'center' | 'right' | undefined;

export type Block =
  | { kind: 'paragraph'; children: Inline[] }
  | { kind: 'heading'; level: number; children: Inline[] }
  | { kind: 'quote'; blocks: Block[] }
  | { kind: 'code'; language: string; text: string }
  | { kind: 'list'; start: number | undefined; items: ListItem[] }
  | { kind: 'table'; alignments: Alignment[]; head: Inline[][]; rows: Inline[][][] }
  | { kind: 'rule' };

/** `checked` is undefined for an item that is no task. */
export type ListItem = { checked: boolean | undefined; blocks: Block[] };

/**
 * What people write in a chat, read as CommonMark with GitHub's tables, tasks and strikethrough, `||spoilers||`, and
 * line breaks kept as typed. Whatever isn't well formed stays text; no input costs more than a few passes over it.
 */
export function parseMarkdown(text: string): Block[] {
  return blocksOf(text.split('\n'), 0);
}
