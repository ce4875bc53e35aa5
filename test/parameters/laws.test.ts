// Random choreographies whose calls are made parameters: with what was called before given for them, they project to
// what they projected to.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projectionFile } from '../../language/projection/file.js';
import { Workspace } from '../../language/workspace.js';
import { programs } from '../generators/choreographies.js';
import { renamed, shared } from '../generators/known-values.js';
import { holds } from '../property.js';
import { inWords } from '../in-words.js';

const uri = 'file:///t/main.chor';
const numRuns = Number(process.env['CHOR_RUNS'] ?? 150);
const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);

function workspaceOf(text: string): { workspace: Workspace; errors: readonly string[] } {
  const workspace = new Workspace({ limits: { states: 200, buffer: 2 } });
  workspace.set(uri, text);
  return {
    workspace,
    errors: (workspace.analyze(uri)?.findings ?? [])
      .filter(({ severity }) => severity === 'error')
      .map((each) => `${each.code}: ${inWords(each).message}`),
  };
}

/** The headers of the choreographies of a text, without the word before them: `Sub0(P(n: int), Q)`, by name. */
function headers(
  text: string,
): Map<string, { readonly roles: string; readonly names: readonly string[]; readonly result: string }> {
  return new Map(
    [...text.matchAll(/^choreography (\w+)\((.*)\)(: \w+@\w+)? \{$/gm)].map(
      ([, name = '', roles = '', result = '']) => [
        name,
        {
          roles,
          result,
          names: roles.split(/, (?=[A-Z]|server)/).map((role) => /^(?:server )?(\w+)/.exec(role)?.[1] ?? ''),
        },
      ],
    ),
  );
}

/** `Main`, whose calls of others are parameters of `Given`, which it calls with those that it called before. */
function parametrised(text: string): { readonly text: string; readonly given: readonly string[] } | undefined {
  const all = headers(text);
  const main = all.get('Main');
  const start = text.indexOf('choreography Main(');
  if (!main || start < 0) return undefined;
  const body = text.slice(text.indexOf('\n', start));
  const given = [...all.keys()].filter((name) => name !== 'Main' && body.includes(`do ${name}(`));
  if (given.length === 0) return undefined;
  const parameters = given.map(
    (name) => `step${name}: choreography(${all.get(name)?.roles ?? ''})${all.get(name)?.result ?? ''}`,
  );
  const changed = given.reduce((code, name) => code.replaceAll(`do ${name}(`, `do step${name}(`), body);
  const inputs = main.roles
    .split(/, (?=[A-Z]|server)/)
    .map((role) => role.replace(/^server /, '').replaceAll(/: [\w<>]+/g, ''));
  const call = `do Given(${[...inputs, ...given].join(', ')})`;
  const at = /@(\w+)/.exec(main.result)?.[1];
  return {
    given,
    text: `${text.slice(0, start)}choreography Given(${[main.roles, ...parameters].join(', ')})${main.result} {${changed}\nchoreography Main(${main.roles})${main.result} {\n${at === undefined ? `  ${call}` : `  ${at}.given = ${call}\n  return ${at}.given`}\n}\n`,
  };
}

/** The processes of a network in a projection. */
function networkIn(text: string, name: string): string | undefined {
  const start = new RegExp(`^network ${name}\\b.*\\{$`, 'm').exec(text);
  return start ? text.slice(start.index + start[0].length, text.indexOf('\n}', start.index)) : undefined;
}

test(`what is given stands where it is called (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, async () => {
  let compared = 0;
  await holds(
    [programs(14)],
    ({ text }) => {
      const given = parametrised(text);
      if (!given) return;
      const [direct, indirect] = [workspaceOf(text), workspaceOf(given.text)];
      // What is right whatever is given is right with this; the other way round, it may be right by what is called.
      if (indirect.errors.length > 0) return;
      expect(direct.errors, given.text).toEqual([]);
      const [own, other] = [direct, indirect].map(
        ({ workspace }) => projectionFile(workspace, uri, 'Main')?.text ?? '',
      ) as [string, string];
      const instance = networkIn(other, `Given_${given.given.join('_')}_Network`);
      expect(instance, other).toBe(networkIn(own, 'Main_Network'));
      compared++;
      const beside = 'file:///t/projected.chor';
      indirect.workspace.set(beside, other);
      expect(
        (indirect.workspace.analyze(beside)?.findings ?? [])
          .filter(({ severity }) => severity === 'error')
          .map((each) => inWords(each).message),
        other,
      ).toEqual([]);
    },
    { numRuns, seed, endOnFailure: true },
  );
  expect(compared).toBeGreaterThanOrEqual(Math.floor(numRuns / 50));
});

test(`constants may be values that all know (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, async () => {
  let compared = 0;
  await holds(
    [programs(14)],
    ({ text }) => {
      const [direct, other] = [workspaceOf(text), workspaceOf(shared(text))];
      // What is right whatever the value is right with this one.
      if (other.errors.length > 0) return;
      expect(direct.errors, text).toEqual([]);
      const [own, given] = [direct, other].map(
        ({ workspace }) => projectionFile(workspace, uri, 'Main')?.text ?? '',
      ) as [string, string];
      const plain = (projection: string): string =>
        projection.replaceAll(', unit, most)', ')').replace(/^import .*$/gm, '');
      expect(plain(given), shared(text)).toBe(plain(own));
      compared++;
      const beside = 'file:///t/projected.chor';
      other.workspace.set(beside, given);
      expect(
        (other.workspace.analyze(beside)?.findings ?? [])
          .filter(({ severity }) => severity === 'error')
          .map((each) => inWords(each).message),
        given,
      ).toEqual([]);
    },
    { numRuns, seed, endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(numRuns / 20);
});

test(`they are called as the callee calls them (CHOR_SEED=${seed})`, { timeout: 3_600_000 }, async () => {
  let compared = 0;
  await holds(
    [fc.oneof(programs(14), programs(14, true))],
    ({ text }) => {
      const given = renamed(text);
      const { workspace, errors } = workspaceOf(given);
      if (errors.length > 0) return;
      const file = projectionFile(workspace, uri, 'Main');
      const beside = 'file:///t/projected.chor';
      workspace.set(beside, file?.text ?? '');
      expect(
        (workspace.analyze(beside)?.findings ?? [])
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map((each) => inWords(each).message),
        `${given}\n${file?.text ?? ''}`,
      ).toEqual([]);
      if (given.includes('do ')) compared++;
    },
    { numRuns, seed, endOnFailure: true },
  );
  expect(compared).toBeGreaterThanOrEqual(Math.floor(numRuns / 50));
});
