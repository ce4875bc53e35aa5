// Tests mirror the folders; those that drive a real editor run with CHOR_E2E=1 (`npm run e2e`), and the growth table, which measures times, with CHOR_GROWTH=1 (`npm run growth`).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    exclude: process.env['CHOR_E2E'] ? [] : ['test/e2e/**', ...(process.env['CHOR_GROWTH'] ? [] : ['test/growth/growth.test.ts'])],
    // One a core: the tests wait for little but the processor.
    maxWorkers: '100%',
    testTimeout: 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
