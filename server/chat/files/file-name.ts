import { fileNameLimit } from '../../../shared/limits.ts';

// Controls, lone halves of signs, what nobody sees, and what would turn the direction of the rest, such as `exe.gnp`.
const unwanted = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;
const longestEnding = 16;

/** What a file is called here, whatever it was called there: no path, one line, nothing that deceives. */
export function cleanName(given: string): string {
  const base = given.split(/[/\\]/).at(-1) ?? '';
  const name = base
    .normalize('NFC')
    .replace(unwanted, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/^[.\s]+/u, '');
  if (name === '') return 'file';
  if (name.length <= fileNameLimit) return name;
  const dot = name.lastIndexOf('.');
  const ending = dot > 0 && name.length - dot <= longestEnding ? name.slice(dot) : '';
  return `${name.slice(0, fileNameLimit - ending.length).replace(/[\uD800-\uDBFF]$/, '')}${ending}`;
}

/** How a browser should take it, in the two ways of writing a name that browsers know. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `${how}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
