// Where a value that a role lacks is put, and which one: the first fix in small choreographies with one step left out.
import { describe, expect, it } from 'vitest';
import { fixesOf } from './measure.js';

const externs = [
  'print(line: string)',
  'show(n: int)',
  'ask(): int',
  'mix(a: int, b: int): int',
  'priceOf(title: string): int',
  'step(n: int): int',
];

/**
 * The choreography after the first fix of its first error. The functions of the host are those that it calls, and those
 * that are named.
 */
function mended(text: string, ...more: readonly string[]): string {
  const declared = externs
    .filter((extern) => [text, ...more].some((part) => part.includes(extern.slice(0, extern.indexOf('(')))))
    .map((extern) => `extern ${extern}\n`)
    .join('');
  const [first] = fixesOf(`${text}\n\n${declared}`);
  const [fix] = first?.fixes ?? [];
  if (!fix) throw new Error(`no fix: ${JSON.stringify(first)}`);
  return fix.text.slice(0, fix.text.lastIndexOf(declared)).trim();
}

describe('a value that is missing', () => {
  it('comes before the loop that gives it another one', () => {
    expect(
      mended(
        'choreography C(A, B) {\n  rec X {\n    if A.count > 0 -> B {\n      A.count -> B.count\n      B.show(count)\n      A.count = step(count)\n      continue X\n    }\n  }\n}',
      ),
    ).toMatch(/^choreography C\(A, B\) \{\n {2}A\.count = \w*\(?.*\n {2}rec X/);
  });
  it('comes into the way that lacks it, where others give another one', () => {
    expect(
      mended(
        'choreography C(A(n: int), B) {\n  if A.n > 0 {\n    A.x = ask()\n    A -> B: yes\n  } else {\n    A -> B: no\n  }\n  A.show(x)\n}',
      ),
    ).toMatch(/A -> B: no\n {4}A\.x = .*\n {2}\}/);
  });
  it('stands beside what another role does alike, in the order of the roles', () => {
    expect(
      mended(
        'choreography C(A(a: int), B(a: int)) {\n  B.key = step(a)\n  A -> B: ready\n  A.show(key)\n  B.show(key)\n}',
      ),
    ).toContain('{\n  A.key = step(a)\n  B.key = step(a)\n');
    expect(
      mended(
        'choreography C(A(a: int), B(a: int)) {\n  A.key = mix(a, 2)\n  A -> B: ready\n  A.show(key)\n  B.show(key)\n}',
      ),
    ).toContain('  A.key = mix(a, 2)\n  B.key = mix(a, 2)\n');
  });
  it('comes in a message beside the one that is alike', () => {
    expect(
      mended(
        'choreography C(Left(value: int), Right(value: int), Root) {\n  Right.value -> Root.right\n  Root.show(left + right)\n}',
      ),
    ).toContain('{\n  Left.value -> Root.left\n  Right.value -> Root.right\n');
  });
  it('is worked out again, where the other’s comes as something else', () => {
    expect(
      mended(
        'choreography C(A(bit: int), B(bit: int)) {\n  A.mask = ask()\n  A.mask -> B.share\n  B.show(share)\n  A.show(mix(bit, mask))\n  B.mask -> A.share\n  A.show(share)\n  B.show(mix(bit, mask))\n}',
      ),
    ).toContain('  A.mask = ask()\n  B.mask = ask()\n');
    expect(mended('choreography C(A, B) {\n  A.mask = ask()\n  A.show(mask)\n  B.show(mask)\n}')).toContain(
      'A.mask -> B.mask',
    );
  });
  it('is answered by who got what it is worked out of', () => {
    expect(
      mended(
        'choreography C(Buyer(title: string), Seller) {\n  Buyer.title -> Seller.wanted\n  Seller.print(wanted)\n  Buyer.show(price)\n}',
        'priceOf',
      ),
    ).toContain('Seller.priceOf(wanted) -> Buyer.price');
  });
  it('comes from who is told things and tells nobody anything', () => {
    expect(mended('choreography C(Client, Server) {\n  Server.word -> Client.back\n  Client.print(back)\n}')).toMatch(
      /Client\..* -> Server\.word/,
    );
  });
  it('has the type that others’ have, where its name is a function’s', () => {
    expect(
      mended(
        'choreography C(A, B(token: int)) {\n  B.count = token + 1\n  B.token -> A.token\n  A.show(count)\n  B.show(count)\n}',
      ),
    ).toContain('A.count = token + 1');
  });
});
