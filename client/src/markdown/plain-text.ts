import type { Inline } from './markdown.ts';

export function plainText(inlines: Inline[]): string {
  return inlines.map((inline) => ('children' in inline ? plainText(inline.children) : inline.text)).join('');
}
