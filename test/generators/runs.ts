// Random runs: any words in any place.
import fc from 'fast-check';
import type { Run, RunEnd, RunMessage, RunStep } from '../../language/findings/run.js';

/** Words that mean something to somebody on the way to a picture, and any others. */
export const words = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'end',
      'loop',
      'note',
      'Note over r0',
      'participant',
      'actor',
      'activate',
      'deactivate',
      'as',
      'title',
      'accTitle: x',
      'autonumber',
      'links',
      'sequenceDiagram',
      'wrap: x',
      'nowrap:x',
      'box',
      'rect',
      'alt',
      'else',
      '#',
      '#35;',
      '#quot;',
      '&lt;',
      '&amp',
      ';',
      '"',
      "'",
      '`x`',
      '%%',
      '%%{init: {}}%%',
      '->>',
      '-->',
      '-x',
      '-)',
      '<<->>',
      '<br/>',
      '<b>x</b>',
      '<script>',
      '$$x$$',
      '\\n',
      '\\',
      '{',
      '}',
      '{}',
      '[x]',
      '()',
      ':',
      '::',
      '+',
      '-',
      ',',
      '@{ "type" : "actor" }',
      '^end',
      'élan',
      '名前',
      'ß',
      '🙂',
      'a\u0301',
      'ﬀ',
      '\u200d',
      '\u202e',
      '\u00a0',
      'x y',
      ' ',
      '',
      '.',
      '...',
      '---',
      '~~~',
      '*x*',
      '_x_',
      '# x',
      '1. x',
      '- x',
      '/* x */',
      '//',
      'http://x.y',
      'fa:fa-car',
      ':::x',
    ),
  },
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom(...'#;:"\'`<>&%$\\{}[]()-+=/,.| \n'), maxLength: 8 }),
);
const texts = fc.array(words, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '));

const at = { uri: 'file:///a.chor', origin: { start: 0, end: 1 } };

/** A run of two to four roles. */
export const runs: fc.Arbitrary<Run> = fc.uniqueArray(texts, { minLength: 2, maxLength: 4 }).chain((roles) => {
  const role = fc.constantFrom(...roles);
  const send: fc.Arbitrary<RunStep> = fc
    .record({ role, to: role, message: texts, taken: fc.option(fc.nat(8), { nil: undefined }) })
    .map(({ taken, ...step }) => ({
      kind: 'send',
      text: `${step.role} sends`,
      ...step,
      ...(taken === undefined ? {} : { taken }),
      ...at,
    }));
  const receive: fc.Arbitrary<RunStep> = fc
    .record({ role, from: role, message: texts, sent: fc.option(fc.nat(8), { nil: undefined }) })
    .map(({ sent, ...step }) => ({
      kind: 'receive',
      text: `${step.role} receives`,
      ...step,
      ...(sent === undefined ? {} : { sent }),
      ...at,
    }));
  const decide: fc.Arbitrary<RunStep> = fc
    .record({ role, fact: texts, kind: fc.constantFrom('decide' as const, 'choose' as const) })
    .map((step) => ({ text: `${step.role}: ${step.fact}`, ...step, ...at }));
  const waits: fc.Arbitrary<RunEnd> = fc
    .record({ role, on: role, what: texts, to: fc.constantFrom('send' as const, 'receive' as const) })
    .map((end) => ({ kind: 'waits', text: `waits for \`${end.what}\` from ${end.on}`, ...end, ...at }));
  const stands: fc.Arbitrary<RunEnd> = fc
    .record({ role, text: texts, kind: fc.constantFrom('ended' as const, 'stands' as const, 'active' as const) })
    .map((end) => ({ ...end, ...at }));
  const differs: fc.Arbitrary<RunEnd> = fc
    .record({ role, text: texts, expected: texts })
    .map((end) => ({ kind: 'differs', ...end, ...at }));
  const queues: fc.Arbitrary<RunMessage> = fc.record({
    from: role,
    to: role,
    message: texts,
    step: fc.nat(8),
    wrong: fc.boolean(),
  });
  const steps = fc.array(fc.oneof(send, receive, decide), { maxLength: 8 });
  // What is decided again and again is a loop.
  const round = fc.array(decide, { minLength: 1, maxLength: 2 }).map((each) => [...each, ...each, ...each]);
  return fc.record({
    roles: fc.constant(roles),
    steps: fc.oneof(
      steps,
      fc.tuple(steps, round, steps).map((parts) => parts.flat()),
    ),
    ends: fc.array(fc.oneof(waits, stands, differs), { maxLength: 4 }),
    queues: fc.array(queues, { maxLength: 2 }),
    cycle: fc.constantFrom([], roles.slice(0, 2), roles),
  });
});
