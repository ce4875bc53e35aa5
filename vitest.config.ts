// Tests mirror the folders; those that drive a real editor run with CHOR_E2E=1 (`npm run e2e`).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    exclude: process.env['CHOR_E2E'] ? [] : ['test/e2e/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
