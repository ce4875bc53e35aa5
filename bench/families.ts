// Families and threads: what a file of them takes beside one of as many lines of single roles, what a large family takes beside a
// small one, and a shuffle of 60 × 60 members. All in one process and the same run: from text to findings and
// projections, in a fresh workspace each time.
import { performance } from 'node:perf_hooks';
import { Workspace } from '../language/workspace.js';
import { numbers, single } from './generate.js';

/** One construct with families, or of threads, of about as many lines as those of single roles. */
function construct(number: (below: number) => number): string[] {
  switch (number(7)) {
    case 0:
      return [`  Buyer.budget + ${number(100)} -> Seller.offer: offer`];
    case 1:
      return [`  Seller.total(offer, ${number(100)}) -> Buyer.offers, Shipper.worth`];
    case 2:
      return [`  Shipper.worth = worth * 2 - ${number(100)}`];
    case 3:
      return ['  Seller -> Shipper: ready'];
    case 4:
      return [
        `  if Buyer.budget > ${number(100)} -> Seller, Shipper {`,
        '    Buyer.budget -> Seller.paid: pay',
        '    Seller.paid -> Shipper.worth',
        '  } else {',
        '    Shipper.worth -> Buyer.worths: returned',
        '  }',
      ];
    case 5:
      return [
        '  par {',
        `    Buyer.budget + ${number(100)} -> Seller.offer: ahead`,
        '  } and {',
        '    Shipper.worth -> Buyer.rest: behind',
        '  }',
      ];
    default:
      return [
        '  for i in 0 until n - 1 {',
        '    Seller[i].offer -> Seller[i + 1].before',
        `    Seller[i + 1].offer = before + ${number(100)}`,
        '  }',
      ];
  }
}

/** One choreography with families of a number of lines. */
function families(length: number): string {
  const number = numbers(length);
  const head = [
    'function total(offer: int, unit: int): int = offer * unit',
    'choreography Long(Buyer(budget: int), Seller[n >= 2], Shipper) {',
    '  Buyer.budget -> Seller.offer',
    '  Seller.offer -> Buyer.offers',
    '  Seller[0].offer -> Shipper.worth',
  ];
  const body: string[] = [];
  while (body.length < length - head.length - 1)
    body.push(
      ...construct(number).map((line) =>
        line
          .replace('Seller.total(offer', 'Seller[0].total(offer')
          .replace(/Seller -> Shipper/, 'Seller[n - 1] -> Shipper')
          .replace('Seller.paid -> Shipper', 'Seller[0].paid -> Shipper')
          .replace('-> Buyer.offers, ', '-> Buyer.offer, '),
      ),
    );
  return `${[...head, ...body, '}'].join('\n')}\n`;
}

/** MapReduce with so many mappers and reducers. */
const shuffle = (m: string, r: string): string => `extern count(text: string): list<int>
choreography Shuffle(Master(text: string), Mapper[${m}], Reducer[${r}]): int@Master {
  for i in 0 until ${m.replace(/ .*/, '')} { Master.text -> Mapper[i].text }
  Mapper.counts = count(text)
  for i in 0 until ${m.replace(/ .*/, '')} {
    for j in 0 until ${r.replace(/ .*/, '')} { Mapper[i].counts[j] -> Reducer[j].shares[i] }
  }
  Reducer.total = sum(shares)
  Reducer.total -> Master.totals
  return Master.sum(totals)
}
`;

interface Measured {
  readonly time: number;
  readonly errors: number;
  readonly lines: number;
}

/** From text to findings and projections, once. What was known of a text is known again: each is another. */
function once(text: string, time: number): { readonly took: number; readonly errors: number } {
  const workspace = new Workspace({ read: () => undefined });
  const begun = performance.now();
  workspace.set(
    'memory:/a.chor',
    text
      .replace(/(?<=choreography )\w+/, (name) => `${name}${time}`)
      .replaceAll(/(?<![\w"])(?:offer|text)\b/g, (name) => `${name}${time}`),
  );
  const analysis = workspace.analyze('memory:/a.chor');
  const took = performance.now() - begun;
  return { took, errors: analysis?.findings.filter(({ severity }) => severity === 'error').length ?? NaN };
}

/** Two texts in turn, so that neither has a warmer machine: the medians of some times, the first of which do not count. */
function measure(one: string, other: string, times: number): readonly [Measured, Measured] {
  const texts = [one, other];
  const all: number[][] = [[], []];
  const errors = [0, 0];
  for (let time = -3; time < times; time++) {
    for (const [i, text] of texts.entries()) {
      const found = once(text, time + 3);
      if (time >= 0) all[i]?.push(found.took);
      errors[i] = found.errors;
    }
  }
  const [first, second] = texts.map((text, i) => ({
    time: all[i]?.sort((a, b) => a - b)[Math.floor(times / 2)] ?? NaN,
    errors: errors[i] ?? NaN,
    lines: text.split('\n').length - 1,
  })) as [Measured, Measured];
  return [first, second];
}

const quick = process.argv.includes('--quick');
const ms = (time: number): string => (time < 10 ? time.toFixed(1) : time.toFixed(0));
const row = (name: string, [one, beside]: readonly [Measured, Measured], what: string): void => {
  console.log(
    `${name.padEnd(30)} ${String(one.lines).padStart(6)} lines ${ms(one.time).padStart(7)} ms | ${what.padEnd(22)} ${ms(beside.time).padStart(7)} ms | ratio ${(one.time / beside.time).toFixed(2)}${one.errors > 0 ? ` | ${one.errors} ERRORS` : ''}`,
  );
};
console.log('Families: from text to findings and projections, beside the same of something else, in turn.\n');
for (const length of quick ? [1000] : [1000, 10_000])
  row(
    'a choreography with families',
    measure(families(length), single(length), quick ? 5 : length > 1000 ? 7 : 25),
    'as many lines of core',
  );
row('a family of 1,000 members', measure(shuffle('1000', '1000'), shuffle('3', '3'), 7), 'a family of 3');
row('60 mappers and 60 reducers', measure(shuffle('60', '60'), shuffle('m >= 1', 'r >= 1'), 7), 'any number of both');
console.log('\nGoals: as many lines of core by no more than 1.5; 60 × 60 in less than a second.');
