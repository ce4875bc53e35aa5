// Formatting while typing touches the finished line only.
import { expect, test } from 'vitest';
import { formatTyped } from '../../language/features/on-type-formatting.js';

function typed(source: string, character: string): string {
  const offset = source.indexOf('<|>');
  const text = source.replace('<|>', '');
  return [...formatTyped(text, offset, character)]
    .sort((a, b) => b.start - a.start)
    .reduce((result, e) => result.slice(0, e.start) + e.newText + result.slice(e.end), text);
}

test('a line break lays out the line before, and leaves the cursor’s line', () => {
  expect(typed('choreography C(A, B) {\n  A.1->B.x\n    <|>\n  B.x->A.y\n}\n', '\n')).toBe(
    'choreography C(A, B) {\n  A.1 -> B.x\n    \n  B.x->A.y\n}\n',
  );
});
test('a closing brace goes under what it closes', () => {
  expect(typed('choreography C(A(b: bool), B) {\n  if A.b -> B {\n    A.1 -> B.x\n    }<|>\n}\n', '}')).toBe(
    'choreography C(A(b: bool), B) {\n  if A.b -> B {\n    A.1 -> B.x\n  }\n}\n',
  );
});
test('broken text is left alone', () => {
  const text = 'choreography C(A, B) {\n  A.1->\n';
  expect(typed(`${text}<|>`, '\n')).toBe(text);
});
