// Where the manual is, for commands that show it.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of the manual: in a checkout, in the package and in the extension it stands at the top. Undefined where it
 * was left out.
 */
export function manualFolder(): string | undefined {
  for (let at = dirname(fileURLToPath(import.meta.url)); dirname(at) !== at; at = dirname(at)) {
    if (existsSync(join(at, 'docs', 'language.md'))) return join(at, 'docs');
  }
  return undefined;
}
