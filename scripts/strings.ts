/** Every phrase exists in every language and is used somewhere in the page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = 'client/src';
const languages = ['en', 'es'];

const phrases = await Promise.all(languages.map(load));
const all = new Set(phrases.flatMap((keys) => [...keys]));
const code = sourceFiles()
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

const faults = [
  ...languages.flatMap((language, index) =>
    [...all].filter((key) => !phrases[index]?.has(key)).map((key) => `${language} lacks "${key}"`),
  ),
  ...[...all].filter((key) => !isUsed(key)).map((key) => `"${key}" is used nowhere`),
];
console.log(faults.length === 0 ? `${all.size} phrases in ${languages.join(' and ')}` : faults.join('\n'));
process.exitCode = faults.length === 0 && all.size > 0 ? 0 : 1;

/** The paths of a language's phrases, such as `channels.create`. */
async function load(language: string): Promise<Set<string>> {
  const parts = await Promise.all(['', '-more'].map((part) => import(`../${source}/language/${language}${part}.ts`)));
  return new Set(parts.flatMap((module: object) => Object.values(module).flatMap((phrases) => pathsIn(phrases))));
}

function pathsIn(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path.join('.')];
  return Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
}

/** By its own name, or by way of an index into what holds it, such as `refusals[reason]`. */
function isUsed(path: string): boolean {
  const [key = '', holder] = path.split('.').reverse();
  return new RegExp(`\\.${key}\\b`).test(code) || (holder !== undefined && code.includes(`${holder}[`));
}

function sourceFiles(): string[] {
  const names = readdirSync(source, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.startsWith('language'))
    .map((name) => join(source, name));
}
