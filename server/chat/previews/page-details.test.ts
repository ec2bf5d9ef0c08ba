import { expect, test } from 'vitest';
import { pageDetails } from './page-details.ts';

const details = (html: string | Buffer, contentType = 'text/html') =>
  pageDetails({ url: 'https://a.example/', contentType, body: Buffer.from(html) });

test('title, description and site are read, Open Graph first, as plain text', () => {
  const html = `<head><title>Plain</title><META content='It&#39;s &lt;b&gt; &amp;
    more' name=description><meta property="og:title" content="Caf&eacute; &#x1F389;"><meta property=og:site_name content=A>`;
  expect(details(html)).toEqual({
    url: 'https://a.example/',
    title: 'Caf&eacute; 🎉',
    description: "It's <b> & more",
    site: 'A',
  });
  expect(details('<title>  Only\n a title </title>')).toEqual({ url: 'https://a.example/', title: 'Only a title' });
  expect(details('<p>none</p>')).toBeUndefined();
});

test('the charset is taken from the header or the page', () => {
  const latin = Buffer.from('<title>ma\u00f1ana</title>', 'latin1');
  expect(details(latin, 'text/html; charset=ISO-8859-1')?.title).toBe('mañana');
  const named = Buffer.from('<meta charset="windows-1252"><title>ma\u00f1ana</title>', 'latin1');
  expect(details(named)?.title).toBe('mañana');
  expect(details('<title>mañana</title>', 'text/html; charset=nonsense')?.title).toBe('mañana');
});

test('[T.6] a hostile page gives short, plain text, whatever it repeats', () => {
  expect(details(`<title>a\u202eb\u0000c${'x'.repeat(500)}</title>`)?.title).toMatch(/^a b cx{145}…$/);
  for (const unit of ['<meta ', '<title>', '<meta content="', '&#', '<meta a=', '<']) details(unit.repeat(100_000));
});
