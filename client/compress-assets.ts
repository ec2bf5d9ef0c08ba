import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = new Set(['.js', '.css', '.html', '.svg', '.json', '.webmanifest', '.txt']);
const asBrotli = promisify(brotliCompress);
const asGzip = promisify(gzip);

/** Writes `.br` and `.gz` beside what shrinks, once at build time, so that the balancer starts without compressing. */
export function compressAssets(): Plugin {
  return {
    name: 'ronda-compress-assets',
    apply: 'build',
    async writeBundle({ dir = '.' }) {
      const names = await readdir(dir, { recursive: true });
      await Promise.all(
        names.filter((name) => compressible.has(extname(name))).map((name) => compress(join(dir, name))),
      );
    },
  };
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path);
  const variants = {
    br: await asBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gz: await asGzip(content, { level: 9 }),
  };
  for (const [extension, variant] of Object.entries(variants))
    if (variant.length < content.length * 0.95) await writeFile(`${path}.${extension}`, variant);
}
