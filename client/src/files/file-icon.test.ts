import { expect, test } from 'vitest';
import { iconFor } from './file-icon.tsx';

test('[F.1] a file has the same icon in the composer, by what the browser says, and sent, by what it contains', () => {
  const kinds: [name: string, claimed: string, found: string, icon: string][] = [
    ['x.html', 'text/html', 'text/plain', 'code'],
    ['data.json', 'application/json', 'text/plain', 'code'],
    ['list.csv', 'text/csv', 'text/plain', 'table'],
    ['notes.txt', 'text/plain', 'text/plain', 'text'],
    ['all.zip', 'application/zip', 'application/zip', 'archive'],
  ];
  for (const [name, claimed, found, icon] of kinds)
    expect([iconFor(undefined, claimed, name), iconFor('file', found, name)], name).toEqual([icon, icon]);
  // A picture is drawn because it is one.
  expect(iconFor('picture', 'image/webp', 'x.html')).toBe('picture');
});
