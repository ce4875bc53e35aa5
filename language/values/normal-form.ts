// The operations of the language on terms: each computes where enough is known, and else gives a term in a normal form.
import { TooLong } from './algebra.js';
import type { Algebra, Rule } from './algebra.js';
import { arithmetic } from './arithmetic.js';
import { libraryRules } from './library.js';
import { logic } from './logic.js';
import { entriesIn } from './order.js';
import { tableRules } from './table-rules.js';
import { tableTerm } from './tables.js';
import { createTerms, lazy } from './terms.js';
import type { Shape, Term } from './terms.js';

/** Creates an algebra with a store of its own. */
export function createAlgebra(): Algebra {
  const terms = createTerms();
  const rules = new Map<string, Rule>([
    ...arithmetic,
    ...logic,
    ...libraryRules,
    ...tableRules,
    ['function', (_, args, again) => (again as (args: readonly Term[]) => Term | undefined)(args)],
  ]);
  let left = Infinity;
  let placeholders = 0;
  const family: Shape[] = [];
  const some: Shape = { id: 'some', name: 'some', fields: ['value'], family };
  const none: Shape = { id: 'none', name: 'none', fields: [], family };
  family.push(some, none);
  const tuples = new Map<number, Shape>();

  const algebra: Algebra = {
    terms,
    some,
    none,
    op: (name, ...args) => algebra.apply(name, args, undefined),
    apply(name, args, data) {
      algebra.spend(1 + args.length);
      // What fails makes fail what it is a part of.
      if (!lazy.has(name) && args.some((arg) => arg.failing)) return terms.asked(name, args, data);
      return rules.get(name.split(' ', 1)[0] ?? '')?.(algebra, args, data) ?? terms.asked(name, args, data);
    },
    lambda(arity, body) {
      const hole = -++placeholders;
      const open = body(Array.from({ length: arity }, (_, i) => terms.bound(hole, i)));
      const binder = open.binders + 1;
      return terms.function(
        arity,
        binder,
        algebra.rewrite(open, (part) =>
          part.kind === 'bound' && part.binder === hole ? terms.bound(binder, part.index) : undefined,
        ),
      );
    },
    call(fn, args) {
      const [body] = fn.args;
      if (fn.kind !== 'function' || !body || fn.arity !== args.length) return terms.asked('call', [fn, ...args]);
      const { binder } = fn;
      return algebra.rewrite(body, (part) =>
        part.kind === 'bound' && part.binder === binder
          ? args[part.index]
          : part.free.includes(binder)
            ? undefined
            : part,
      );
    },
    rewrite(term, replace, known) {
      const done = new Map<Term, Term>();
      const go = (part: Term): Term => {
        const before = done.get(part);
        if (before) return before;
        const made = replace(part) ?? rebuilt(part);
        const result = known?.(made) ?? made;
        done.set(part, result);
        return result;
      };
      const rebuilt = (part: Term): Term => {
        if (part.args.length === 0) return part;
        if (part.kind === 'function') {
          const [body] = part.args as [Term];
          const changed = go(body);
          // What comes into it may have functions of its own, and parameters of those around.
          return changed === body
            ? part
            : algebra.lambda(part.arity, (params) =>
                algebra.rewrite(changed, (p) =>
                  p.kind === 'bound' && p.binder === part.binder ? params[p.index] : undefined,
                ),
              );
        }
        const args = part.args.map(go);
        if (args.every((arg, i) => arg === part.args[i])) return part;
        switch (part.kind) {
          case 'made':
            return terms.made(part.shape, args);
          case 'list':
            return terms.list(args);
          // What was known to be different stays so; what comes first may change.
          case 'map':
          case 'set':
            return tableTerm(algebra, {
              base: undefined,
              form: part.kind,
              writes: entriesIn({ ...part, args }).map(([key, ...held]) => ({ key, held })),
            });
          case 'asked':
            return algebra.apply(part.op, args, part.data);
          case 'bound':
          case 'scalar':
          case 'unknown':
            return part;
        }
      };
      return go(term);
    },
    spend(steps) {
      left -= steps;
      if (left < 0) throw new TooLong();
    },
    within(steps, run) {
      const before = left;
      left = Math.min(before, steps);
      const allowed = left;
      try {
        return run();
      } catch (error) {
        // What nests too deeply for the stack takes too long as well.
        if (error instanceof TooLong || error instanceof RangeError) return undefined;
        throw error;
      } finally {
        left = before - (allowed - Math.max(0, left));
      }
    },
    tuple(size) {
      let shape = tuples.get(size);
      if (!shape) {
        const own: Shape[] = [];
        tuples.set(
          size,
          (shape = {
            id: `tuple${size}`,
            name: '',
            fields: Array.from({ length: size }, (_, i) => String(i)),
            family: own,
          }),
        );
        own.push(shape);
      }
      return shape;
    },
  };
  return algebra;
}
