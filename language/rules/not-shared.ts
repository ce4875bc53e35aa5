// not-shared: a value that all have to know is made of what one role knows.
import type { NotShared } from '../findings/typing.js';
import { didYouMean, listed } from '../text/words.js';
import { renameFixes } from '../edits/names.js';
import { placesOf, defineRule } from './rule.js';

export const notShared = defineRule({
  code: 'not-shared',
  summary: 'A value that all roles have to know is given as one that not all of them know.',
  explanation:
    'A parameter without a role, as `rounds: int` in a header, is a value that every role of the choreography knows. So whoever calls it has to give a value that every role of its own knows without being told: made of constants, of its own values of that kind, ' +
    'of sizes of families and of the numbers of loops. A variable lives at one role; and what a host function answers may differ from role to role.',
  advice:
    'Give a value that all know: add a parameter to the header of who calls, and hand it on. What one role alone knows is an input of that role in the callee, `do Quote(Buyer(title), Seller)`, and is sent to the others.',
  bad: 'choreography Countdown(Clock, Display, rounds: int) {\n  for i in 0 until rounds {\n    Clock.i -> Display.time\n    Display.show(time)\n  }\n}\n\nchoreography Main(Clock(start: int), Display) {\n  do Countdown(Clock, Display, start)\n}\n\nextern show(time: int)\n',
  good: 'choreography Countdown(Clock, Display, rounds: int) {\n  for i in 0 until rounds {\n    Clock.i -> Display.time\n    Display.show(time)\n  }\n}\n\nchoreography Main(Clock, Display, start: int) {\n  do Countdown(Clock, Display, start)\n}\n\nextern show(time: int)\n',
  message: (data) =>
    `${sayWhat(data)} \`${data.parameter}\` of \`${data.callee}\` is known to all its roles${data.kind === 'role' ? '.' : `, so it is made of what all know here: ${sayKnown(data)}.`}${data.kind === 'variable' && data.owners.length === 0 ? didYouMean(data.similar) : ''}`,
  fixes: (data, context) =>
    data.kind === 'variable' && data.owners.length === 0 ? renameFixes(context, placesOf(context), data.similar) : [],
});

function sayWhat(data: NotShared): string {
  switch (data.kind) {
    case 'role':
      return `${data.name} is a role, and a value is wanted.`;
    case 'variable':
      return data.owners.length > 0
        ? `\`${data.name}\` is ${listed(data.owners.map((owner) => `${owner}’s`))} alone.`
        : `\`${data.name}\` is not known here.`;
    case 'host':
      return `\`${data.name}\` asks a host function, which may answer each role something else.`;
  }
}

function sayKnown(data: NotShared): string {
  const own = data.kind === 'variable' ? data.known.map((name) => `\`${name}\``) : [];
  return listed(['constants', ...own]);
}
