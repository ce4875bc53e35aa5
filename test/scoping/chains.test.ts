// Chains of files that import each other cost about what the same declarations in one file cost: counted, not timed.
import { describe, expect, test } from 'vitest';
import { endingsOf } from '../../language/projection/endings.js';
import { Workspace } from '../../language/workspace.js';

const kinds: Record<string, { readonly name: string; line(i: number): string }> = {
  choreographies: {
    name: 'C',
    line: (i) =>
      `choreography C${i}(A(x: int), B) {\n  A.x + ${i} -> B\n${i > 0 ? `  do C${i - 1}(A(x), B)\n` : ''}}\n`,
  },
  records: {
    name: 'R',
    line: (i) => (i > 0 ? `record R${i} { inner: R${i - 1}, n: int }\n` : 'record R0 { n: int }\n'),
  },
  functions: { name: 'f', line: (i) => `function f${i}(x: int) = ${i > 0 ? `f${i - 1}(x) + 1` : 'x'}\n` },
};

const uri = (i: number): string => `file:///chain/${i}.chor`;

/** Counts how often files and names are looked up, in a chain of files. */
class Counting extends Workspace {
  count = 0;
  override file(of: string): ReturnType<Workspace['file']> {
    this.count++;
    return super.file(of);
  }
}

function chain(kind: string, length: number): { workspace: Counting; change(i: number, text: string): void } {
  const { name, line } = kinds[kind] ?? { name: '', line: () => '' };
  const texts = new Map(
    Array.from({ length }, (_, i) => [
      uri(i),
      (i > 0 ? `import { ${name}${i - 1} } from "./${i - 1}.chor"\n` : '') + line(i),
    ]),
  );
  const workspace = new Counting({ read: (of) => texts.get(of) });
  return { workspace, change: (i, text) => workspace.set(uri(i), (texts.get(uri(i)) ?? '') + text) };
}

describe.each(Object.keys(kinds))('a chain of imports of %s', (kind) => {
  const counts = (length: number): { first: number; again: number; all: number } => {
    const { workspace, change } = chain(kind, length);
    workspace.analyze(uri(length - 1));
    const first = workspace.count;
    change(0, '// Changed.\n');
    workspace.analyze(uri(length - 1));
    const again = workspace.count - first;
    for (let i = 0; i < length; i++) workspace.analyze(uri(i));
    return { first, again, all: workspace.count - first - again };
  };
  test('looks at twice as many files where it is twice as long: the first time, and after an edit at its far end', () => {
    const [short, long] = [counts(40), counts(80)];
    // What the types of records and functions come to is worked out for each file that is looked at.
    for (const part of kind === 'choreographies' ? (['first', 'again', 'all'] as const) : (['first', 'again'] as const))
      expect(long[part]).toBeLessThan(2.5 * short[part] + 20);
  });

  test('says the same as one file', () => {
    const { workspace } = chain(kind, 30);
    const one = new Workspace();
    one.set('file:///one.chor', Array.from({ length: 30 }, (_, i) => kinds[kind]?.line(i)).join(''));
    const whole = one.analyze('file:///one.chor');
    for (let i = 0; i < 30; i++) {
      const analysis = workspace.analyze(uri(i));
      expect(analysis?.findings).toEqual([]);
      expect(analysis?.verdicts.map((v) => v.verdict)).toEqual(whole?.verdicts.slice(i, i + 1).map((v) => v.verdict));
    }
    expect(whole?.findings).toEqual([]);
  });
});

test('how a chain of calls ends is found in one walk, from either end', () => {
  const lookups = (length: number): number => {
    const workspace = new Workspace();
    // What is called comes after what calls it.
    workspace.set(
      'file:///one.chor',
      Array.from({ length }, (_, i) => kinds['choreographies']?.line(i))
        .reverse()
        .join(''),
    );
    const file = workspace.file('file:///one.chor');
    const [first] = file?.declarations ?? [];
    if (!file || first?.kind !== 'choreography') throw new Error('There is a choreography.');
    let count = 0;
    const names = new Map(
      file.declarations.map((declaration) => [declaration.name.text, { uri: file.uri, declaration }]),
    );
    const scope = {
      file,
      all: () => names,
      isLost: () => false,
      at: () => undefined,
      lookup: (name: string) => {
        count++;
        return names.get(name);
      },
    };
    expect(endingsOf({ choreography: first, scope, uri: file.uri })).toEqual({ ends: true, stays: false });
    return count;
  };
  expect(lookups(200)).toBeLessThan(2.2 * lookups(100));
});
