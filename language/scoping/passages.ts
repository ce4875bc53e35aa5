// What was found out about a passage of a choreography, kept with it while its words mean the same. All who look at a
// body statement by statement keep by this what they found; what else it depends on, they say themselves.
import type { Choreography, Statement } from '../ir/choreography.js';
import { contentOf } from '../lowering/lower.js';
import type { Passage } from '../syntax/passage.js';
import { enumsByCase } from './cases.js';
import { showParameter } from './declared.js';
import { meaningOf } from './dependencies.js';
import type { Scope } from './scope.js';

/** What the words of a choreography mean that are names of declarations or of cases of enums. */
export interface Surroundings {
  readonly meanings: ReadonlyMap<string, string>;
  /** All of them: the same text where all mean the same. */
  readonly text: string;
}

/** A passage where it stands. */
export class Standing {
  constructor(
    readonly passage: Passage,
    readonly start: number,
    private readonly choreography: Choreography,
    private readonly index: number,
  ) {}

  /** Its statements, the same objects as in the choreography's body. Put together when asked for. */
  statements(): readonly Statement[] {
    return contentOf(this.choreography).statements?.(this.index) ?? [];
  }
}

const standing = new WeakMap<Choreography, readonly Standing[]>();

/** The passages of a choreography where they stand; undefined where it has none. Cost: linear in their number, once */
export function passagesOf(choreography: Choreography): readonly Standing[] | undefined {
  const { body, offset = 0 } = contentOf(choreography);
  if (!body) return undefined;
  let known = standing.get(choreography);
  if (!known)
    standing.set(
      choreography,
      (known = body.passages.list.map(
        (passage, i) => new Standing(passage, offset + (body.passages.starts[i] ?? 0), choreography, i),
      )),
    );
  return known;
}

/**
 * The statements at the top of a choreography's body, put together one passage after the other as far as they are gone
 * through.
 */
export function* statementsIn(choreography: Choreography): Iterable<Statement> {
  const passages = passagesOf(choreography);
  if (passages) for (const each of passages) yield* each.statements();
  else yield* choreography.body.statements;
}

export function isEmpty(choreography: Choreography): boolean {
  return !contentOf(choreography).body && choreography.body.statements.length === 0;
}

const known = new WeakMap<Scope, WeakMap<Choreography, Surroundings>>();

/**
 * What the words in a choreography's passages mean. Cost: linear in the different words, once for a scope, and that of
 * `meaningOf`
 */
export function surroundingsOf(choreography: Choreography, scope: Scope): Surroundings {
  let own = known.get(scope);
  if (!own) known.set(scope, (own = new WeakMap()));
  let found = own.get(choreography);
  if (!found) {
    const meanings = new Map<string, string>();
    for (const word of contentOf(choreography).body?.passages.words.keys() ?? []) {
      const resolved = scope.lookup(word);
      const all = [...(resolved ? [resolved] : []), ...(enumsByCase(scope).get(word) ?? [])].map(
        ({ uri, declaration }) => meaningOf(declaration, uri === scope.file.uri ? scope : (scope.at(uri) ?? scope)),
      );
      if (scope.isLost(word)) all.push('?');
      if (all.length > 0) meanings.set(word, all.join(' '));
    }
    // What a family is, and its size, stands in the header; so does who may wait for ever.
    for (const { name, family, server } of choreography.roles) {
      if (server === true) meanings.set(name.text, `${meanings.get(name.text) ?? ''} server`);
      if (!family) continue;
      const means = `family ${family.size?.text ?? ''} ${family.least} ${family.usual ?? ''}`;
      for (const word of [name.text, ...(family.size ? [family.size.text] : [])])
        meanings.set(word, `${meanings.get(word) ?? ''} ${means}`);
    }
    for (const parameter of choreography.parameters)
      meanings.set(parameter.name.text, `${meanings.get(parameter.name.text) ?? ''} ${showParameter(parameter)}`);
    own.set(
      choreography,
      (found = {
        meanings,
        text: [...meanings]
          .map(([word, meaning]) => `${word} ${meaning}`)
          .sort()
          .join(),
      }),
    );
  }
  return found;
}

/** What one pass keeps of passages. */
export interface Kept<T> {
  /** Whether anything was kept. */
  knows(passage: Passage): boolean;
  /** What was kept last, if the words of the passage still mean the same. */
  get(passage: Passage, around: Surroundings): T | undefined;
  set(passage: Passage, around: Surroundings, value: T): void;
}

interface Entry<T> {
  all: string;
  readonly own: string;
  readonly value: T;
}

let passes = 0;

/**
 * Something to keep with passages. Cost of asking: constant, where nothing around changed; else linear in the passage's
 * words.
 */
export function keptWithPassages<T>(): Kept<T> {
  const index = passes++;
  const meaning = (passage: Passage, { meanings }: Surroundings): string => {
    let text = '';
    for (const word of meanings.size > 0 ? passage.words : []) {
      const means = meanings.get(word);
      if (means !== undefined) text += `${word} ${means},`;
    }
    return text;
  };
  return {
    knows: (passage) => passage.found[index] !== undefined,
    get(passage, around) {
      const entry = passage.found[index] as Entry<T> | undefined;
      if (!entry) return undefined;
      if (entry.all !== around.text) {
        if (entry.own !== meaning(passage, around)) return undefined;
        entry.all = around.text;
      }
      return entry.value;
    },
    set(passage, around, value) {
      passage.found[index] = { all: around.text, own: meaning(passage, around), value };
    },
  };
}
