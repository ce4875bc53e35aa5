// refutable-pattern: a pattern that does not take every value, where there is no other way to go.
import { listed } from '../text/words.js';
import { defineRule } from './rule.js';

export const refutablePattern = defineRule({
  code: 'refutable-pattern',
  summary: 'A pattern that may not fit, where nothing says what happens then.',
  explanation:
    'The pattern behind a `let`, on the left of `=`, or of what receives a message takes a value apart, and there is no other way to go: so it has to fit every value of its type. Names, `_`, tuples, records and the case of an enum that has no other do.',
  advice:
    'Use `match`, which says what happens with each of the values. Where one of them is needed, and the others are no matter, give it a value instead: `getOr(found, 0)`.',
  bad: 'choreography Ask(Alice(xs: list<int>), Bob) {\n  Alice.(let some(x) = head(xs) in x) -> Bob.first\n}\n',
  good: 'choreography Ask(Alice(xs: list<int>), Bob) {\n  Alice.(match head(xs) { case some(x) => x, case none => 0 }) -> Bob.first\n}\n',
  message: ({ pattern, subject, missing }) => {
    const shown = missing.slice(0, 3).map((m) => `\`${m}\``);
    const others =
      missing[0] === '_' ? 'others' : `${listed(shown, 'or')}${missing.length > shown.length ? ' and others' : ''}`;
    return `\`${pattern}\` does not take every value of \`${subject}\`, which may be ${others}. Use \`match\`, which says what happens then.`;
  },
});
