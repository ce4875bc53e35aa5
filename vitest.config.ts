// Tests mirror the folders; those that drive a real editor run with CHOR_E2E=1 (`npm run e2e`), and the growth table,
// which measures times, with CHOR_GROWTH=1 (`npm run growth`).
import { defineConfig } from 'vitest/config';

/** What takes long, as it draws many examples or starts processes: left out of `npm run test:fast`. */
const slow = [
  'test/cli/{check,mcp,process,project,reports,watch}.test.ts',
  'test/examples/projections.test.ts',
  'test/export/**',
  'test/extraction/**',
  'test/families/{laws,senders}.test.ts',
  'test/features/{completion-names,everywhere,refactorings-laws}.test.ts',
  'test/growth/**',
  'test/import/{corpus,fuzz}.test.ts',
  'test/incremental.test.ts',
  'test/network/{cache,machines,models,multiparty,projections,races,random,repair,spin,spin-threads,threads-random,values,values-laws}.test.ts',
  'test/package.test.ts',
  'test/parameters/laws.test.ts',
  'test/projection/{cache,lacking,laws,late,size}.test.ts',
  'test/quorums/steps.test.ts',
  'test/rules/{mends,mutations}.test.ts',
  'test/scripts/bundles.test.ts',
  'test/server/{browser,closed,disk,exploration,process,robust,runs,strace,thread,trials,workspace}.test.ts',
  'test/syntax/{engine,format,recovery,tables}.test.ts',
  'test/threads/{laws,paxos}.test.ts',
  'test/typing/{robust,roots}.test.ts',
];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    exclude: process.env['CHOR_E2E']
      ? []
      : [
          'test/e2e/**',
          ...(process.env['CHOR_GROWTH'] ? [] : ['test/growth/growth-*.test.ts']),
          ...(process.env['CHOR_FAST'] ? slow : []),
        ],
    // One a core: the tests wait for little but the processor.
    maxWorkers: '100%',
    testTimeout: process.env['CHOR_RUNS'] ? 3_600_000 : 180_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
