// `npm run chor -- …`: the command as it is in this checkout, built first where it is missing or older than its
// sources.
import { createRequire } from 'node:module';
import process from 'node:process';
import { buildCli, cliBundle, cliIsStale } from './cli.mjs';

try {
  if (cliIsStale()) await buildCli();
} catch {
  // The build has printed where its sources are wrong.
  console.error('The command can’t be built from its sources.');
  process.exit(2);
}
// npm runs scripts in the package's folder; file names count from where the user is.
if (process.env.npm_lifecycle_event === 'chor' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
createRequire(import.meta.url)(cliBundle);
