/** The JavaScript that the page needs before it can show anything, gzipped as gzip -9 does, against its budget. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budgetKilobytes = 150;
const built = 'dist/client';

const html = readFileSync(`${built}/index.html`, 'utf8');
const files = [...html.matchAll(/<(?:script|link)[^>]*?(?:src|href)="\/([^"]+\.js)"/g)].map((match) => match[1] ?? '');
const bytes = files.map((file) => gzipSync(readFileSync(`${built}/${file}`), { level: 9 }).length);
const kilobytes = bytes.reduce((sum, size) => sum + size, 0) / 1000;

console.log(`${kilobytes.toFixed(1)} of ${budgetKilobytes} KB in ${files.length} files`);
process.exitCode = files.length > 0 && kilobytes <= budgetKilobytes ? 0 : 1;
