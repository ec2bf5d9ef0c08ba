/** The JavaScript that the page needs before it can show anything, gzipped as gzip -9 does, against its budget. */
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetKilobytes = 150;
const built = 'dist/client';

const html = readFileSync(`${built}/index.html`, 'utf8');
const files = [...html.matchAll(/<(?:script|link)[^>]*?(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
const languages = readdirSync(`${built}/assets`).filter((name) => /^(en|es)-(?!more-)[\w-]+\.js$/.test(name));
const gzipped = (file: string) => gzipSync(readFileSync(`${built}/${file}`), { level: 9 }).length;
// The page fetches one language before it shows anything; the largest counts.
const largestLanguage = Math.max(...languages.map((name) => gzipped(`assets/${name}`)));
const kilobytes = files.map(gzipped).reduce((sum, size) => sum + size, largestLanguage) / 1000;

console.log(`${kilobytes.toFixed(1)} of ${budgetKilobytes} KB in ${files.length + 1} files`);
process.exitCode = files.length > 0 && languages.length === 2 && kilobytes <= budgetKilobytes ? 0 : 1;
