// What the result of a network depends on: the declarations that it names, as their tokens. Layout and comments are no
// part of it.
import type { TextRange } from '../../ir/expression.js';
import type { Declaration } from '../../ir/file.js';
import type { Network } from '../../ir/process.js';
import { dependenciesOf } from '../../scoping/dependencies.js';
import { resolvePath } from '../../scoping/paths.js';
import type { Scope } from '../../scoping/scope.js';
import { scan } from '../../syntax/tokens.js';

/** A piece of a file that a result depends on, where it stands now. */
export interface Part {
  readonly uri: string;
  readonly origin: TextRange;
  readonly scope: Scope;
  /**
   * Where its tokens start and end, in turn, from the start of the part; none where the whole text counts, layout and
   * all.
   */
  readonly tokens: Int32Array;
}

export interface Parts {
  /**
   * The same exactly if the parts mean the same: the same tokens, that name each other in the same way, in the same
   * order.
   */
  readonly key: string;
  readonly parts: readonly Part[];
}

/**
 * The network and all that it names. Where one of these does not read, what it is taken for may depend on what stands
 * around it: then it is the whole texts of the file and of what it imports, directly or not.
 * @param whole takes the whole texts in any case
 * Cost: linear in the texts of the parts
 */
export function partsOf(network: Network, scope: Scope, whole: boolean): Parts {
  if (whole) return wholeFiles(network, scope);
  const { all, names } = dependenciesOf(network, scope);
  if (all.some(({ declaration }) => declaration.broken)) return wholeFiles(network, scope);
  const parts = all.map(({ uri, declaration, scope: there }): Part & { readonly meaning: string } => ({
    uri,
    origin: declaration.origin,
    scope: there,
    ...scanned(declaration, there),
  }));
  const order = parts.map((_, index) => index).sort((a, b) => before(parts[a], parts[b]));
  return {
    key: [...parts.map(({ uri, meaning }, i) => JSON.stringify([uri, meaning, names[i]])), order.join()].join('\n'),
    parts,
  };
}

/** The files whose texts decide what the names of a file mean: the file, and what it imports, directly or not. */
export function filesOf(scope: Scope): ReadonlyMap<string, Scope | undefined> {
  const found = new Map<string, Scope | undefined>([[scope.file.uri, scope]]);
  // It grows while it is gone through.
  for (const [uri, there] of found) {
    for (const { path } of there?.file.imports ?? []) {
      const other = resolvePath(there?.file.uri ?? uri, path.text);
      if (!found.has(other)) found.set(other, there?.at(other));
    }
  }
  return found;
}

function wholeFiles(network: Network, scope: Scope): Parts {
  const files = [...filesOf(scope)];
  const parts = files.flatMap(([uri, there]): Part[] =>
    there ? [{ uri, origin: { start: 0, end: there.file.text.length }, scope: there, tokens: new Int32Array() }] : [],
  );
  return {
    key: [String(network.origin.start), ...files.map(([uri, there]) => JSON.stringify([uri, there?.file.text]))].join(
      '\n',
    ),
    parts,
  };
}

interface Scanned {
  readonly tokens: Int32Array;
  readonly meaning: string;
}

const known = new WeakMap<Declaration, Scanned>();

function scanned(declaration: Declaration, { file }: Scope): Scanned {
  let result = known.get(declaration);
  if (!result) {
    const { start, end } = declaration.origin;
    const tokens = scan(file.text.slice(start, end)).filter((token) => token.kind !== 'comment');
    result = {
      tokens: Int32Array.from(tokens.flatMap((token) => [token.start, token.end])),
      meaning: tokens.map((token) => token.text).join(' '),
    };
    known.set(declaration, result);
  }
  return result;
}

function before(a: Part | undefined, b: Part | undefined): number {
  if (!a || !b) return 0;
  return a.uri === b.uri ? a.origin.start - b.origin.start : a.uri < b.uri ? -1 : 1;
}
