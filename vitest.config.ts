import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{client,server,shared,scripts,bench,chaos}/**/*.test.{ts,tsx}'],
    // Waiting for another process is bounded by the test's own limit, not by Vitest's one second.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    // The browser's class behind a tRPC subscription over HTTP.
    execArgv: ['--experimental-eventsource', '--disable-warning=UNDICI-ES'],
    // By itself Vitest leaves a core to its own main process, which has next to nothing to do; the tests mostly wait.
    maxWorkers: '100%',
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
