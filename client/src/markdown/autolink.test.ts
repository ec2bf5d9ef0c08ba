import { describe, expect, test } from 'vitest';
import { type Inline, parseMarkdown } from './markdown.ts';

type Found = { href: string; shown: string };

function links(text: string): Found[] {
  const [block] = parseMarkdown(text);
  return block?.kind === 'paragraph' ? block.children.flatMap(linksIn) : [];
}

function linksIn(inline: Inline): Found[] {
  if (inline.kind === 'link')
    return [{ href: inline.href, shown: inline.children.map((child) => ('text' in child ? child.text : '')).join('') }];
  return 'children' in inline ? inline.children.flatMap(linksIn) : [];
}

const addresses = (text: string) => links(text).map(({ href }) => href);

describe('addresses in a message', () => {
  test('become links, without the sentence and the marks around them', () => {
    expect(addresses('see https://example.org/a?b=1, or (http://example.com/x_(y)).')).toEqual([
      'https://example.org/a?b=1',
      'http://example.com/x_(y)',
    ]);
    expect(addresses('**https://a.example/x_y_z** ||https://b.example|| <https://c.example/>')).toEqual([
      'https://a.example/x_y_z',
      'https://b.example/',
      'https://c.example/',
    ]);
    expect(addresses('见https://example.org/路')).toEqual(['https://example.org/%E8%B7%AF']);
    expect(addresses('www.example.org, and ana.b+c@example.org.')).toEqual([
      'https://www.example.org/',
      'mailto:ana.b+c@example.org',
    ]);
  });

  test('[G10.11] only http, https and mail do, however they are written', () => {
    const hostile = [
      'javascript:alert(1) data:text/html,x file:///etc/passwd //example.org https:// http://[ www. a@b',
      '[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](java\tscript:alert(1)) [x](<javascript:alert(1)>)',
      '[x](data:text/html;base64,PHNjcmlwdD4=) [x](vbscript:x) [x](blob:null/a) [x](/relative) [x]()',
      '<javascript:alert(1)> [x](&#106;avascript:alert(1)) [x](\\javascript:alert(1))',
    ];
    expect(hostile.flatMap(addresses)).toEqual([]);
  });

  test('[T.3] a host that only looks like another one, or hides behind a user name, is shown as it is', () => {
    expect(links('https://аpple.com/')[0]?.shown).toBe('https://xn--pple-43d.com/');
    expect(links('https://bank.example@evil.example/')[0]?.shown).toBe('https://bank.example@evil.example/');
  });
});
