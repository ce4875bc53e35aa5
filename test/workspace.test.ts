// What is kept of a file is given up when a text changes that it depends on, whether that was checked, or only read on
// the way.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Workspace } from '../language/workspace.js';

const at = (name: string): string => `file:///w/${name}.chor`;

function codes(workspace: Workspace, name: string): string[] {
  return (workspace.analyze(at(name))?.findings ?? []).map((f) => `${f.code} ${f.origin.start}`);
}

const user = 'import { X } from "./b.chor"\nextern f(x: X)\nchoreography M(P, Q) {\n  P.1 -> Q.n\n  Q.f(n)\n}\n';

describe('a change', () => {
  it('reaches a file through one that was never opened', () => {
    const disk = new Map([[at('b'), 'import { Y } from "./c.chor"\ntype X = Y\n']]);
    const workspace = new Workspace({ read: (uri) => disk.get(uri) });
    workspace.set(at('a'), user);
    workspace.set(at('c'), 'type Y = int\n');
    expect(codes(workspace, 'a')).toEqual([]);
    workspace.set(at('c'), 'type Y = string\n');
    expect(codes(workspace, 'a').map((c) => c.split(' ')[0])).toEqual(['type-mismatch']);
    workspace.set(at('c'), 'type Y = int\n');
    expect(codes(workspace, 'a')).toEqual([]);
    workspace.delete(at('c'));
    expect(codes(workspace, 'a')).toEqual([]);
  });
  it('reaches it through several, in a ring too', () => {
    const disk = new Map([
      [at('b'), 'import { Y } from "./d.chor"\nimport "./a.chor"\ntype X = Y\n'],
      [at('d'), 'import { Z } from "./c.chor"\nimport "./b.chor"\ntype Y = Z\n'],
    ]);
    const workspace = new Workspace({ read: (uri) => disk.get(uri) });
    workspace.set(at('a'), user);
    workspace.set(at('c'), 'import "./a.chor"\ntype Z = int\n');
    expect(codes(workspace, 'a')).toEqual([]);
    workspace.set(at('c'), 'import "./a.chor"\ntype Z = string\n');
    expect(codes(workspace, 'a').map((c) => c.split(' ')[0])).toEqual(['type-mismatch']);
  });
  it('leaves what is known as a fresh start would find it, whichever files are open', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const kinds = ['int', 'string', 'bool'];
    const text = (self: string, [from, kind]: readonly [number, number]): string => {
      const other = names[from] ?? '';
      const alias =
        other === '' || other === self
          ? `type T${self} = ${kinds[kind] ?? ''}\n`
          : `import { T${other} } from "./${other}.chor"\ntype T${self} = T${other}\n`;
      return `${alias}extern f(x: T${self})\nchoreography M${self}(P, Q) {\n  P.1 -> Q.n\n  Q.f(n)\n}\n`;
    };
    const shape = fc.tuple(fc.nat(6), fc.nat(2));
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 5, maxLength: 5 }),
        fc.array(fc.tuple(fc.nat(4), shape), { maxLength: 6 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }),
        (start, edits, open) => {
          const disk = new Map(names.map((name, i) => [at(name), text(name, start[i] ?? [5, 0])]));
          const workspace = new Workspace({ read: (uri) => disk.get(uri) });
          const look = (w: Workspace): string[][] => open.map((i) => codes(w, names[i] ?? ''));
          look(workspace);
          for (const [i, changed] of edits) {
            const name = names[i] ?? '';
            disk.set(at(name), text(name, changed));
            workspace.set(at(name), text(name, changed));
            expect(look(workspace)).toEqual(look(new Workspace({ read: (uri) => disk.get(uri) })));
          }
        },
      ),
    );
  });
});
