// What a chapter of the tutorial expects of an answer, as the data beside its page has it. Imports nothing.

interface Explained {
  /** Why it is asked for, as a sentence of its own: it follows the one that says what is missing. */
  readonly why?: string;
}

/** A number of things, at least or at most. */
interface Counted {
  readonly least?: number;
  readonly most?: number;
}

/** A declaration of that name is there, with these roles or processes. */
export interface Declares extends Explained {
  readonly kind: 'choreography' | 'network';
  readonly name: string;
  readonly roles?: readonly string[];
  /** The roles among them that are families. */
  readonly families?: readonly string[];
  readonly implements?: string;
}

/** It is proved, by construction or by exploring. */
export interface Proved extends Explained {
  readonly kind: 'proved';
  readonly in: string;
}

/** So many messages on a run, each loop gone through once. */
export interface Messages extends Explained, Counted {
  readonly kind: 'messages';
  readonly in?: string;
}

/** So many roles. */
export interface Roles extends Explained, Counted {
  readonly kind: 'roles';
  readonly in?: string;
}

/** So often a role’s process says that it sends, or receives; once where nothing is said. */
export interface Says extends Explained, Counted {
  readonly kind: 'sends' | 'receives';
  readonly in: string;
  readonly role: string;
  readonly with?: string;
  readonly label?: string;
}

/** So often a function is asked, or a choreography called; once at least where nothing is said. */
export interface Uses extends Explained, Counted {
  readonly kind: 'uses';
  readonly in: string;
  readonly role?: string;
  readonly name: string;
}

/** Something is sent again and again, as the process of a role has it, or that of anybody. */
export interface Repeats extends Explained {
  readonly kind: 'repeats';
  readonly in: string;
  readonly role?: string;
}

/** A role gets no message that carries nothing: what it is told, it learns from what it gets anyway. */
export interface Untold extends Explained {
  readonly kind: 'untold';
  readonly in: string;
  readonly role: string;
}

/** Somebody decides, and another role behaves as it was decided. */
export interface Decides extends Explained {
  readonly kind: 'decides';
  readonly in?: string;
}

/** It exchanges the messages of a choreography of the solution, in the same orders, between roles of the same names. */
export interface Behaves extends Explained {
  readonly kind: 'behaves';
  readonly in: string;
  readonly as: string;
}

/** An expression has the value of another one, whoever computes it. */
export interface Equals extends Explained {
  readonly kind: 'equals';
  readonly expression: string;
  readonly value: string;
}

export type Expectation =
  Declares | Proved | Messages | Roles | Says | Uses | Repeats | Untold | Decides | Behaves | Equals;

type Shape = 'text' | 'texts' | 'number';
const optional = { why: 'text' } as const;
const counted = { ...optional, least: 'number', most: 'number' } as const;

/** For each kind, what it must have and what it may. */
const shapes: {
  readonly [K in Expectation['kind']]: readonly [
    must: Readonly<Record<string, Shape>>,
    may: Readonly<Record<string, Shape>>,
  ];
} = {
  choreography: [{ name: 'text' }, { ...optional, roles: 'texts', families: 'texts' }],
  network: [{ name: 'text' }, { ...optional, roles: 'texts', families: 'texts', implements: 'text' }],
  proved: [{ in: 'text' }, optional],
  messages: [{}, { ...counted, in: 'text' }],
  roles: [{}, { ...counted, in: 'text' }],
  sends: [
    { in: 'text', role: 'text' },
    { ...counted, with: 'text', label: 'text' },
  ],
  receives: [
    { in: 'text', role: 'text' },
    { ...counted, with: 'text', label: 'text' },
  ],
  uses: [
    { in: 'text', name: 'text' },
    { ...counted, role: 'text' },
  ],
  repeats: [{ in: 'text' }, { ...optional, role: 'text' }],
  untold: [{ in: 'text', role: 'text' }, optional],
  decides: [{}, { ...optional, in: 'text' }],
  behaves: [{ in: 'text', as: 'text' }, optional],
  equals: [{ expression: 'text', value: 'text' }, optional],
};

/**
 * Reads what a chapter expects.
 * @param json the text of `NN-name.check.json`: an object with a list, `expect`
 * @throws Error with a sentence that says what is wrong with it
 */
export function readExpectations(json: string): readonly Expectation[] {
  const data: unknown = JSON.parse(json);
  const list = typeof data === 'object' && data !== null && 'expect' in data ? data.expect : undefined;
  if (!Array.isArray(list) || list.length === 0)
    throw new Error('What is expected is a list `expect` with something in it.');
  return list.map((each: unknown, i) => {
    const wrong = whatIsWrong(each);
    if (wrong !== undefined) throw new Error(`Expectation ${i + 1}: ${wrong}.`);
    // Its kind and the shape of all its parts were just looked at.
    return each as Expectation;
  });
}

function whatIsWrong(each: unknown): string | undefined {
  if (typeof each !== 'object' || each === null || !('kind' in each) || typeof each.kind !== 'string')
    return 'it has no `kind`';
  const shape = Object.entries(shapes).find(([kind]) => kind === each.kind)?.[1];
  if (!shape) return `there is no kind \`${each.kind}\``;
  const [must, may] = shape;
  const parts: Readonly<Record<string, Shape>> = { ...may, ...must };
  const missing = Object.keys(must).find((part) => !(part in each));
  if (missing !== undefined) return `\`${missing}\` is missing`;
  for (const [part, value] of Object.entries(each)) {
    if (part === 'kind') continue;
    const wanted = parts[part];
    if (wanted === undefined) return `\`${each.kind}\` has no \`${part}\``;
    if (!isOf(wanted, value)) return `\`${part}\` is no ${wanted === 'texts' ? 'list of texts' : wanted}`;
  }
  return undefined;
}

function isOf(shape: Shape, value: unknown): boolean {
  switch (shape) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'texts':
      return Array.isArray(value) && value.every((each) => typeof each === 'string');
  }
}
