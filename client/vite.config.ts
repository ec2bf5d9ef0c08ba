import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressAssets } from './compress-assets.ts';
import { emojiTableModule } from './emoji-table.ts';
import { noServiceWorker } from './no-service-worker.ts';
import { phrasesAhead } from './phrases-ahead.ts';
import { serviceWorkerBuild } from './service-worker-build.ts';
import { styleLayers } from './style-layers.ts';

const balancer = process.env.BALANCER_URL || 'http://127.0.0.1:8081';
const toBalancer = { target: balancer, changeOrigin: false };

/** Another one wherever a replica's answers may look different: what a device keeps of them is then read anew. */
const wire = hash('sha256', readFileSync(join(import.meta.dirname, '../shared/protocol.ts')), 'base64url').slice(0, 10);

/** What the first load shares with parts that load later: one file, since each of a dozen small ones costs a request. */
const sharedByAll =
  /^\0rolldown|@tanstack|react[\\/](cjs[\\/]react-)?jsx-runtime|client[\\/]src[\\/](cell|kept-person|release|presence[\\/](nearby|presence|presence-context)|people[\\/]statuses|design[\\/](icon|button|blank|mark|dialog|later)|wire[\\/]refusal|language[\\/](language|load-phrases|use-phrases|formats|plural|preferred-language)|loading[\\/]with-phrases)\.|shared[\\/](limits|once|refusals)\./;

export default defineConfig({
  root: import.meta.dirname,
  define: { 'import.meta.env.RONDA_WIRE': JSON.stringify(wire) },
  plugins: [
    react(),
    styleLayers(),
    emojiTableModule(),
    phrasesAhead(),
    serviceWorkerBuild(),
    noServiceWorker(),
    compressAssets(),
  ],
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Nothing is inlined: the Content Security Policy allows our own files only.
    assetsInlineLimit: 0,
    // The first with light-dark(), which the colours are written in.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Which scripts a later part needs besides its own, it says itself: a list of all of them weighs more than a
    // kilobyte of the first load. Its styles have to be there before it shows.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, needed, { hostType }) =>
        hostType === 'js' ? needed.filter((file) => file.endsWith('.css')) : needed,
    },
    reportCompressedSize: false,
    // Brotli at its best takes a second, which is known and wanted.
    rolldownOptions: {
      checks: { pluginTimings: false },
      // What the first load shares with later parts in one file instead of a dozen small ones, which compress worse.
      output: { codeSplitting: { groups: [{ name: 'shared', test: sharedByAll }] } },
    },
  },
  server: {
    proxy: {
      '/trpc': { ...toBalancer, ws: true },
      '/files': toBalancer,
      '/cluster/trpc': toBalancer,
    },
  },
});
