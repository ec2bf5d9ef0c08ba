import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { messageTextLimit } from '../../../shared/limits.ts';
import { en } from '../language/en.ts';
import { undisclosedHost } from './autolink.ts';
import { type Block, type Inline, parseMarkdown } from './markdown.ts';
import { spokenText } from './spoken-text.ts';

/** A short notation, so that a test shows structure: `strong(a)`. */
function shown(blocks: Block[]): string {
  return blocks.map(shownBlock).join(' ');
}

function shownBlock(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `p(${inner(block.children)})`;
    case 'heading':
      return `h${block.level}(${inner(block.children)})`;
    case 'quote':
      return `quote(${shown(block.blocks)})`;
    case 'code':
      return `code[${block.language}](${block.text})`;
    case 'list': {
      const items = block.items.map(({ checked, blocks }) => {
        const box = checked === undefined ? '' : checked ? '[x]' : '[ ]';
        return `${box}${shown(blocks)}`;
      });
      return `${block.start === undefined ? 'ul' : `ol${block.start}`}(${items.join('; ')})`;
    }
    case 'table':
      return `table(${[block.head, ...block.rows].map((row) => row.map(inner).join('|')).join(' / ')})`;
    case 'rule':
      return 'rule';
  }
}

function inner(inlines: Inline[]): string {
  return inlines
    .map((inline) => {
      if ('children' in inline) return `${inline.kind}(${inner(inline.children)})`;
      return inline.kind === 'code' ? `code(${inline.text})` : inline.text;
    })
    .join('');
}

const read = (text: string) => shown(parseMarkdown(text));

describe('what people write', () => {
  test.each([
    ['a **b** *c* __d__ _e_ ~~f~~ ||g||', 'p(a strong(b) emphasis(c) strong(d) emphasis(e) strike(f) spoiler(g))'],
    ['***a** b*', 'p(emphasis(strong(a) b))'],
    ['snake_case_name, 2 * 3 * 4, a || b || c, x ~ y', 'p(snake_case_name, 2 * 3 * 4, a || b || c, x ~ y)'],
    ['`a *b*` and ``c ` d``', 'p(code(a *b*) and code(c ` d))'],
    ['\\*not\\* \\# a \\`b\\`', 'p(*not* # a `b`)'],
    ['[a *b*](https://x.example "t") [c] [d](e f)', 'p(link(a emphasis(b)) [c] [d](e f))'],
    ['||a **b** https://x.example||', 'p(spoiler(a strong(b) link(https://x.example)))'],
    ['**open and `never` closed', 'p(**open and code(never) closed)'],
  ])('%s', (text, structure) => expect(read(text)).toBe(structure));

  test.each([
    ['one\ntwo\n\n\nthree  ', 'p(one\ntwo\n\n\nthree  )'],
    ['# Title\ntext\n###### Small', 'h1(Title) p(text) h6(Small)'],
    ['#general is no title', 'p(#general is no title)'],
    ['> a\n> > b\nc', 'quote(p(a) quote(p(b))) p(c)'],
    ['- a\n- b\n  more\n  - c\ntext', 'ul(p(a); p(b\nmore) ul(p(c))) p(text)'],
    ['3. a\n4. b', 'ol3(p(a); p(b))'],
    ['It was in\n2023. That year', 'p(It was in\n2023. That year)'],
    ['- [ ] a\n- [x] b\n- [y] c', 'ul([ ]p(a); [x]p(b); p([y] c))'],
    ['```js\nlet a = "**b**";\n\n# c\n```\nafter', 'code[js](let a = "**b**";\n\n# c) p(after)'],
    ['~~~\nnever closed\n```', 'code[](never closed\n```)'],
    ['a | b\n:- | -:\n1 | **2**\n3', 'table(a|b / 1|strong(2)) p(3)'],
    ['| a \\| b |\n|---|\n| c | d |', 'table(a | b / c)'],
    ['a | b\nc | d', 'p(a | b\nc | d)'],
    ['a\n---\nb', 'p(a) rule p(b)'],
    ['- \n-', 'p(- \n-)'],
  ])('%j', (text, structure) => expect(read(text)).toBe(structure));
});

test('[T.3] a link whose words name another host says where it leads', () => {
  const where = (words: string, href: string) => undisclosedHost(href, words);
  expect(where('https://bank.example/login', 'https://evil.example/')).toBe('evil.example');
  expect(where('bank.example', 'https://bank.example.evil.example/')).toBe('bank.example.evil.example');
  expect(where('evil.example/bank.example', 'https://bank.example/')).toBe('bank.example');
  expect(where('the news', 'https://xn--pple-43d.com/')).toBe('xn--pple-43d.com');
  expect(where('the news', 'https://example.org/')).toBeUndefined();
  expect(where('example.org/news', 'https://example.org/news')).toBeUndefined();
});

describe('[T.2] no text costs more than a bounded effort', () => {
  const longest = messageTextLimit;
  const filled = (unit: string) => unit.repeat(Math.ceil(longest / unit.length)).slice(0, longest);
  const hostile = [
    ...['>', '> ', '- ', '[', '![', '](', '[a](', '[](', '*', '**a', '*a_', '_*', '~~a', '||a', '|a', '`', '`a``'],
    ...[
      '<',
      '<a@',
      'a@b.',
      'http://',
      'https://a/)',
      'www.',
      '\\',
      '```\n',
      '|-',
      '| ',
      '# ',
      '1. ',
      ' - ',
      '\t',
      '[ ',
    ],
    ...['**', '***a', '*a **b _c __d ~~e ||f ', '(', '[x](http://a(', '"', '> - > 1. ', '  \n', '|\n', 'a|\n-|\n'],
  ];

  test('parses to a shallow tree, whatever is repeated to the limit of a message', () => {
    for (const unit of hostile) {
      const text = filled(unit);
      expect(depthOf(parseMarkdown(text)), unit).toBeLessThan(30);
      expect(
        depthOf(parseMarkdown(`${text.slice(0, longest / 2)}${mirrored(text).slice(0, longest / 2)}`)),
      ).toBeLessThan(30);
    }
  });

  test('never throws, and keeps every letter in its order', () => {
    const unit = fc.constantFrom(...'abcé好 \n>-*_~|`[]()#1.:\\!', '👍', '\u0301', '\u202e', 'x', 'y ');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 300 }), (text) => {
        const letters = (from: string) => from.replaceAll(/[^\p{L}]/gu, '');
        // A language's name is all that isn't shown.
        const plain = text.replaceAll('`', '').replaceAll('~', '');
        expect(letters(lettersIn(parseMarkdown(plain)))).toBe(letters(plain));
        parseMarkdown(text);
      }),
    );
  });
});

test('[UX30] what is announced has the words of a message, without its marks, addresses, code and spoilers', () => {
  const spoken = (text: string) => spokenText(text, en.markdown);
  expect(spoken('**Look**: ||Rosebud|| at https://example.org/very/long?x=1')).toBe(
    'Look: (spoiler) at link to example.org',
  );
  expect(spoken('> before\nyes [it is](https://example.org)')).toBe('Quote: before\nyes it is');
  expect(spoken('```js\nconst a = 1;\n```')).toBe('Code');
  expect(spoken('a | b\n-|-\n1 | 2')).toBe('Table: a, b');
  expect(spoken('x'.repeat(1_000))).toHaveLength(301);
});

function mirrored(text: string): string {
  return [...text].reverse().join('').replaceAll('[', ']');
}

function depthOf(nodes: (Block | Inline)[]): number {
  return 1 + Math.max(0, ...nodes.map((node) => depthOf(childrenOf(node))));
}

function childrenOf(node: Block | Inline): (Block | Inline)[] {
  if (node.kind === 'list') return node.items.flatMap(({ blocks }) => blocks);
  if (node.kind === 'table') return [node.head, ...node.rows].flat(2);
  if (node.kind === 'quote') return node.blocks;
  return 'children' in node ? node.children : [];
}

function lettersIn(nodes: (Block | Inline)[]): string {
  return nodes.map((node) => ('text' in node ? node.text : lettersIn(childrenOf(node)))).join('');
}
