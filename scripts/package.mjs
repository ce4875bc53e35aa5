// Packs the built extension into chor.vsix. Everything that it needs is bundled in dist/, so no node_modules go in.
import { existsSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';

for (const needed of [
  'dist/client/extension.cjs',
  'dist/client/browser.cjs',
  'dist/client/view.js',
  'dist/server/main.cjs',
  'dist/server/worker.cjs',
  'dist/server/browser.js',
  'dist/cli/main.cjs',
  'dist/cli/mcp.cjs',
  'dist/cli/mcp-worker.cjs',
  'dist/cli/layout.cjs',
  'dist/licences.txt',
  'icons/chor.png',
]) {
  if (!existsSync(needed)) {
    console.error(`${needed} is missing: run \`npm run build\` first.`);
    process.exit(1);
  }
}
await createVSIX({
  packagePath: 'chor.vsix',
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
  skipLicense: !existsSync('LICENSE'),
});
