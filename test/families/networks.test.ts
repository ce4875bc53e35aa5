// Networks with families written by hand: explored at some sizes, which their verdicts name.
import { describe, expect, test } from 'vitest';
import { shortVerdict } from '../../language/features/words.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { uri, workspaceOf } from '../typing/helpers.js';

const verdicts = (text: string): string[] => (workspaceOf(text).analyze(uri)?.verdicts ?? []).map((verdict) => `${verdict.name}: ${shortVerdict(verdict)}`);
const errors = (text: string): string[] => diagnosticsIn(workspaceOf(text), uri).filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code}: ${message}`);

const ring = (header: string, first: string): string => `network Ring(Node[${header}]) {
  process Node[i] {
    when ${first} {
      send 0 to Node[1]
      receive token from Node[n - 1]
    } else {
      receive token from Node[i - 1]
      send token + 1 to Node[(i + 1) % n]
    }
  }
}`;

describe('a ring', () => {
  test('in which one begins is proved with the sizes that were tried', () => {
    expect(verdicts(ring('n >= 2', 'i == 0'))).toEqual(['Ring: proved free of deadlock with 2 and 3 members']);
    expect(verdicts(ring('n >= 2 = 5', 'i == 0'))).toEqual(['Ring: proved free of deadlock with 2, 3 and 5 members']);
    expect(verdicts(ring('n >= 4', 'i == 0'))).toEqual(['Ring: proved free of deadlock with 4 members']);
  });

  test('in which nobody begins is refuted with the least size', () => {
    const text = `network Ring(Node[n >= 2]) {
  process Node[i] {
    receive token from Node[(i + n - 1) % n]
    send token + 1 to Node[(i + 1) % n]
  }
}`;
    expect(verdicts(text)).toEqual(['Ring: refuted with 2 members']);
    expect(errors(text)[0]).toMatch(/^deadlock: Node\[0\] and Node\[1\] wait for each other/);
  });
});

const chain = `choreography Chain(Client(entry: int), Node[n >= 1]) {
  Client.entry -> Node[0].entry
  for i in 0 until n - 1 { Node[i].entry -> Node[i + 1].entry }
  Node[n - 1].entry -> Client.done
}
`;
const node = (last: string): string => `${chain}network Hand implements Chain {
  process Node[i] {
    when i == 0 { receive entry from Client } else { receive entry from Node[i - 1] }
    when i < n - 1 { send entry to Node[i + 1] } else { ${last} }
  }
}`;

describe('a network that implements a choreography with families', () => {
  test('is compared at each size', () => {
    expect(errors(node('send entry to Client'))).toEqual([]);
    expect(verdicts(node('send entry to Client'))).toEqual(['Chain: deadlock-free', 'Hand: proved free of deadlock with 2 and 3 members']);
    expect(errors(node('')).length).toBeGreaterThan(0);
    expect(verdicts(node(''))).toContain('Hand: refuted with 2 members');
  });
});
