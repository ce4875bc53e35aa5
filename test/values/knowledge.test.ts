// What is known in parts answers as if all of it were kept together. CHOR_RUNS says how many runs of questions,
// CHOR_SEED replays them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noFacts } from '../../language/values/facts.js';
import { createKnowledge } from '../../language/values/knowledge.js';
import type { Term } from '../../language/values/terms.js';
import { createValues } from '../../language/values/values.js';

const runs = Number(process.env['CHOR_RUNS'] ?? 300);

/** A question about one of six numbers, or about two of them. */
const question = fc.record({
  about: fc.nat(5),
  other: fc.option(fc.nat(5), { nil: undefined }),
  op: fc.constantFrom('==', 'below'),
  value: fc.nat(3),
  answer: fc.boolean(),
});

describe('what is known in parts', () => {
  it('answers as what is known together', () => {
    fc.assert(
      fc.property(fc.array(question, { minLength: 1, maxLength: 12 }), (questions) => {
        const values = createValues();
        const {
          algebra: { terms, op: apply },
        } = values;
        const unknown = (index: number): Term => terms.unknown(index, { kind: 'basic', name: 'int' });
        const known = createKnowledge();
        let all = noFacts;
        for (const { about, other, op, value, answer } of questions) {
          const [left, right] = [unknown(about), other === undefined ? terms.scalar(BigInt(value)) : unknown(other)];
          const term = apply(op, left, right);
          const { facts, keep } = known.about([term]);
          const [together, apart] = [values.decide(term, all), values.decide(term, facts)];
          expect(apart.map((a) => a.value)).toEqual(together.map((a) => a.value));
          all = (together.find((a) => a.value === answer) ?? together[0])?.facts ?? all;
          keep((apart.find((a) => a.value === answer) ?? apart[0])?.facts ?? facts);
        }
      }),
      { numRuns: runs },
    );
  });

  it('is looked at only where it has to do with a question', () => {
    const values = createValues();
    const {
      algebra: { terms, op },
    } = values;
    const known = createKnowledge();
    const asked = Array.from({ length: 50 }, (_, index) => terms.unknown(index, { kind: 'basic', name: 'bool' }));
    const sizes = asked.map((term) => {
      const { facts, keep } = known.about([term]);
      keep(values.decide(term, facts).find((a) => a.value)?.facts ?? facts);
      return facts.size;
    });
    expect(sizes.every((size) => size === 0)).toBe(true);
    expect(known.about(asked).facts.size).toBe(50);
    expect(known.about([op('not', asked[3] as Term)]).facts.size).toBe(1);
  });
});
