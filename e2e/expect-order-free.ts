import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { inLayer } from '../client/style-layers.ts';

const source = new URL('../client/src', import.meta.url).pathname;

/** Every style sheet of the page, in its layer. */
const sheets = globSync('**/*.css', { cwd: source })
  .sort()
  .map((path) => inLayer(path, readFileSync(join(source, path), 'utf8')));

/** What is on the screen looks the same in whichever order the style sheets have come. */
export async function expectOrderFree(page: Page): Promise<void> {
  expect(await page.evaluate(differencesOf, sheets)).toEqual([]);
}

/** In the page: what its elements look like with these style sheets instead of its own, and with them the other way round. */
function differencesOf(texts: string[]): string[] {
  const own = [...document.styleSheets].filter(({ disabled }) => !disabled);
  const still = new CSSStyleSheet();
  still.replaceSync('*, ::before, ::after { animation: none !important; transition: none !important }');
  const sheets = texts.map((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return sheet;
  });
  const named = new Set<string>();
  const nameIn = (rules: CSSRuleList) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule || rule instanceof CSSNestedDeclarations)
        for (const property of rule.style) if (!property.startsWith('--')) named.add(property);
      if (rule instanceof CSSGroupingRule || rule instanceof CSSStyleRule) nameIn(rule.cssRules);
    }
  };
  for (const sheet of sheets) nameIn(sheet.cssRules);
  const elements = [...document.querySelectorAll('body *')];
  const parts = elements.flatMap((element) => ['', '::before', '::after'].map((part) => ({ element, part })));
  const looks = (ordered: CSSStyleSheet[]) => {
    document.adoptedStyleSheets = [...ordered, still];
    return parts.map(({ element, part }) => {
      const style = getComputedStyle(element, part);
      const nothing = style.display === 'none' || (part !== '' && style.content === 'none');
      return nothing ? [] : [...named].map((property) => `${property}: ${style.getPropertyValue(property)}`);
    });
  };

  for (const sheet of own) sheet.disabled = true;
  const one = looks(sheets);
  const other = looks(sheets.toReversed());
  document.adoptedStyleSheets = [];
  for (const sheet of own) sheet.disabled = false;
  return parts.flatMap(({ element, part }, index) => {
    const changed = one[index]?.filter((line, at) => line !== other[index]?.[at]) ?? [];
    const place = [element.parentElement, element].map((one) => `.${one?.className}`).join(' > ');
    return changed.length > 0 ? [`${place}${part} { ${changed.slice(0, 4).join('; ')} }`] : [];
  });
}
