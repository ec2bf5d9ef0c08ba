import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{client,server,shared,scripts,bench,chaos}/**/*.test.{ts,tsx}'],
    // Waiting for another process is bounded by the test's own limit, not by Vitest's one second.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
