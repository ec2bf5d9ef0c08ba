import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type Asset, compressAsset, createAsset } from './asset.ts';

export type AssetCache = {
  find(path: string): Asset | undefined;
  /** `index.html`, which stands for every page of the application; undefined as long as it isn't built. */
  page(): Asset | undefined;
  /** Reads the directory again where the page was missing, at most once a second. */
  refresh(): Promise<void>;
  close(): void;
};

const refreshIntervalMs = 1_000;

/** The built page in memory. Requests only look paths up here, so no path can lead out of the directory. */
export async function loadAssets(directory: string, brotliDelayMs: number): Promise<AssetCache> {
  let assets = await readAssets(directory);
  let refreshedAt = Date.now();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  compressSoon();

  function compressSoon(): void {
    void compressAll('gzip');
    clearTimeout(timer);
    timer = setTimeout(() => void compressAll('br'), brotliDelayMs);
  }

  /** One at a time. */
  async function compressAll(encoding: 'br' | 'gzip'): Promise<void> {
    for (const asset of assets.values()) {
      if (closed) return;
      await compressAsset(asset, encoding);
    }
  }

  return {
    find: (path) => assets.get(path),
    page: () => assets.get('/index.html'),
    async refresh() {
      if (assets.has('/index.html') || Date.now() - refreshedAt < refreshIntervalMs) return;
      refreshedAt = Date.now();
      assets = await readAssets(directory);
      compressSoon();
    },
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };
}

async function readAssets(directory: string): Promise<Map<string, Asset>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const present = new Set(files);
  const assets = new Map<string, Asset>();
  for (const file of files) {
    if (/\.(?:br|gz)$/.test(file)) continue;
    const path = `/${relative(directory, file).split(sep).join('/')}`;
    const compressed: { br?: Buffer; gzip?: Buffer } = {};
    if (present.has(`${file}.br`)) compressed.br = await readFile(`${file}.br`);
    if (present.has(`${file}.gz`)) compressed.gzip = await readFile(`${file}.gz`);
    assets.set(path, createAsset(path, await readFile(file), compressed));
  }
  return assets;
}
