// Two families of one size: `Philosopher[n]` and `Fork[n]`.
import { describe, expect, test } from 'vitest';
import { rename } from '../../language/features/rename.js';
import { namedSizes } from '../../language/families/sized.js';
import { format } from '../../language/syntax/format.js';
import { applyEdits } from '../../language/edits/fix.js';
import { marked } from '../features/marked.js';
import { at } from '../features/texts.js';
import { fixed, messages, problems, uri, workspaceOf } from '../typing/helpers.js';
import { atSize, read, roleText } from './helpers.js';

const meal = `choreography Meal(Philosopher[n >= 2], Fork[n]) {
  for i in Philosopher {
    Philosopher[i] -> Fork[i]: take
    Fork[i] -> Philosopher[i]: taken
    Philosopher[i] -> Fork[(i + 1) % n]: drop
  }
}
`;

describe('a size that another family has declared', () => {
  test('is the same number of members: an index of one is an index of the other', () => {
    expect(problems(meal)).toEqual([]);
    for (const size of [2, 3, 4, 5]) expect(atSize(read(meal), size)).toMatchObject({ same: true, wrong: false });
  });
  test('projects to one text for any size', () => {
    expect(roleText(meal, 'Fork')).toBe(`process Fork[j] {
  when j == 0 {
    receive from Philosopher[0]: take
    send to Philosopher[0]: taken
    receive from Philosopher[n - 1]: drop
  } else {
    receive from Philosopher[j - 1]: drop
    receive from Philosopher[j]: take
    send to Philosopher[j]: taken
  }
}
`);
  });
  test('may be declared once', () => {
    for (const header of ['Fork[n >= 2]', 'Fork[n = 3]'])
      expect(messages(meal.replace('Fork[n]', header))).toEqual([
        'There is already a size `n`, whose family says how large it may be: write `[n]` for another family of as many.',
      ]);
    expect(fixed(meal.replace('Fork[n]', 'Fork[n >= 3]'), 'duplicate-name')['Of the same size: `[n]`']).toBe(meal);
    expect(messages(meal.replace('Fork[n]', 'Fork[m]'))).not.toEqual([]);
  });
  test('is one number to choose, and to give', () => {
    const { choreography, scope } = read(meal);
    expect(namedSizes(choreography, scope)).toEqual([{ name: 'n', least: 2, usual: 2 }]);
  });
  test('is renamed in all families', () => {
    for (const place of ['n >= 2', 'n]) {']) {
      const { workspace, uri: file, text, offset } = marked(at(meal, place));
      const answer = rename(workspace, file, offset, 'seats');
      expect('edits' in answer ? applyEdits(text, answer.edits) : answer).toBe(
        meal.replace('[n >= 2]', '[seats >= 2]').replace('[n]', '[seats]').replace('% n', '% seats'),
      );
    }
  });
  test('is laid out as it is written', () => {
    expect(format(meal.replace('Fork[n]', 'Fork [ n ]'))).toBe(meal);
  });
});

const network = (header: string): string => `network Table(${header}) {
  process Philosopher[i] {
    send to Fork[i]: take
    send to Fork[(i + 1) % n]: take
  }
  process Fork[i] {
    receive from Philosopher[i]: take
    receive from Philosopher[(i + n - 1) % n]: take
  }
}
`;

describe('in networks', () => {
  test('all families have as many members', () => {
    const text = network('Philosopher[n >= 2], Fork[n]');
    expect(problems(text)).toEqual([]);
    expect(workspaceOf(text).analyze(uri)?.verdicts[0]).toMatchObject({
      verdict: 'proved',
      sizes: [2, 3].map((size) => [
        { name: 'Philosopher', size },
        { name: 'Fork', size },
      ]),
    });
  });
  test('it may be declared once', () => {
    expect(messages(network('Philosopher[n >= 2], Fork[n >= 1]'))).toEqual([
      'There is already a size `n`, whose family says how large it may be: write `[n]` for another family of as many.',
    ]);
  });
  test('whoever implements a choreography has its sizes', () => {
    const text = `${meal}network Hand implements Meal {
  process Philosopher[i] {
    send to Fork[i]: take
    receive from Fork[i]: taken
    send to Fork[(i + 1) % n]: drop
  }
  process Fork[i] {
    when i > 0 { receive from Philosopher[i - 1]: drop }
    receive from Philosopher[i]: take
    send to Philosopher[i]: taken
    when i == 0 { receive from Philosopher[n - 1]: drop }
  }
}
`;
    expect(problems(text)).toEqual([]);
  });
});

describe('a call', () => {
  const call = (header: string, args: string): string =>
    `choreography Caller(${header}) {\n  do Meal(${args})\n}\n${meal}`;
  test('gives families of one size as many members', () => {
    expect(problems(call('P[k >= 2], F[k]', 'P, F'))).toEqual([]);
    expect(problems(call('P[k >= 3], F[k]', 'P[1 until k], F[0 until k - 1]'))).toEqual([]);
    expect(messages(call('P[k >= 2], F[l >= 2]', 'P, F'))).toEqual([
      'If `k` is 2 and `l` is 3, F are 3 members and P are 2 members, and `Meal` takes two families of one size, `n`. Give it as many of both.',
    ]);
    expect(messages(call('P[k >= 3], F[k]', 'P[1 until k], F'))).toEqual([
      'If `k` is 3, F are 3 members and P[1 until k] are 2 members, and `Meal` takes two families of one size, `n`. Give it as many of both.',
    ]);
  });
  test('gives no fewer than there may be', () => {
    const text = call('P[k >= 1], F[k]', 'P, F');
    expect(messages(text)).toEqual([
      'If `k` is 1, P is a single member, and Philosopher of `Meal` needs at least 2. If there are always so many, say so in the header: `[k >= 2]`.',
      'If `k` is 1, F is a single member, and Fork of `Meal` needs at least 2. If there are always so many, say so in the header: `[k >= 2]`.',
    ]);
    expect(fixed(text, 'wrong-members')['At least 2: `[k >= 2]`']).toBe(call('P[k >= 2], F[k]', 'P, F'));
  });
  test('of a part that runs out', () => {
    const text = `choreography Two(Node[n >= 2](v: int)) { Node[0].v -> Node[1].w }
choreography Some(Node[n >= 3](v: int)) { do Two(Node[1 until n - 1](v)) }
`;
    expect(messages(text)).toEqual([
      'If `n` is 3, Node[1 until n - 1] is a single member, and Node of `Two` needs at least 2.',
    ]);
    expect(problems(text.replace('n >= 3', 'n >= 4'))).toEqual([]);
  });
  test('of just so many', () => {
    const text = (header: string, arg: string): string =>
      `choreography Three(Node[3]) { Node[0] -> Node[2]: hello }\nchoreography Caller(${header}) { do Three(${arg}) }\n`;
    expect(problems(text('Node[n >= 3]', 'Node[0 until 3]'))).toEqual([]);
    expect(problems(text('Node[3]', 'Node'))).toEqual([]);
    expect(messages(text('Node[n >= 3]', 'Node'))).toEqual([
      'If `n` is 4, Node are 4 members, and Node of `Three` needs 3.',
    ]);
    expect(messages(text('Node[n >= 1]', 'Node[0]'))).toEqual([
      'Node[0] is a single member, and Node of `Three` needs 3.',
    ]);
  });
  test('by a process of a network', () => {
    const text = `choreography Two(Node[n >= 2]) { Node[0] -> Node[1]: hello }
network Hand(Node[n >= 1]) { process Node[i] { do Two(Node) } }
`;
    expect(messages(text)).toEqual([
      'If `n` is 1, Node is a single member, and Node of `Two` needs at least 2. If there are always so many, say so in the header: `[n >= 2]`.',
    ]);
  });
  test('of a network whose family has several processes', () => {
    const text = `network Two(Node[n >= 2]) {
  process Node[0] { for i in 1 until n { send to Node[i]: hello } }
  process Node[i in 1 until n] { receive from Node[0]: hello }
}
network Hand(Node[n >= 2]) { process Node[i] { do Two(Node) } }
`;
    expect(problems(text)).toEqual([]);
    expect(messages(text.replace('Hand(Node[n >= 2])', 'Hand(Node[n])'))).toEqual([
      'If `n` is 1, Node is a single member, and Node of `Two` needs at least 2. If there are always so many, say so in the header: `[n >= 2]`.',
    ]);
  });
});
