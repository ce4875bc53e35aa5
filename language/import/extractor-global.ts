// The choreographies of the choreography extractor's language: each procedure is a choreography of the roles that take
// part in it.
import { format } from '../syntax/format.js';
import type { GlobalProgram, Procedure, Statement } from './extractor-tree.js';
import { createValues } from './extractor-values.js';
import type { Values } from './extractor-values.js';
import { nameTable } from './names.js';
import type { NameTable } from './names.js';
import { ImportFailure } from './result.js';
import type { Imported } from './result.js';
import type { Word } from './scan.js';

type Body = readonly Statement[];

/** How something ends: all goes on behind it, or nothing does, or it depends. */
type Ending = 'returns' | 'stops' | 'either';

interface Words {
  readonly labels: NameTable;
  readonly values: Values;
  readonly top: NameTable;
}

/** One of the programs that stand side by side, with what is known of its procedures. */
interface Program {
  readonly index: number;
  readonly procedures: readonly Procedure<Body>[];
  /** The roles of each, its parameters aside. */
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  readonly endings: ReadonlyMap<string, Ending>;
}

/**
 * Turns programs into choreographies.
 * @param name what the first is called; those that stand beside it are numbered
 * Cost: linear in the text, times the procedures to find out who takes part in which; what follows a decision of which
 * one branch ends everything is copied
 */
export function choreographiesOf(programs: readonly GlobalProgram[], name: string): Imported {
  const top = nameTable('C');
  const conditions = programs.flatMap(({ procedures, main }) =>
    [main, ...procedures.map((p) => p.body)].flatMap((body) => conditionsOf(body)),
  );
  const names = programs.map((_, i) => top.of(`main ${i}`, name));
  for (const [i, { procedures }] of programs.entries())
    for (const p of procedures) top.of(`procedure ${i} ${p.name.text}`, p.name.text);
  const words: Words = { labels: nameTable('l'), values: createValues(top, conditions), top };
  const texts = programs.flatMap((program, index) => {
    checkCalls(program);
    const known: Program = {
      index,
      procedures: program.procedures,
      roles: takingPart(program.procedures),
      endings: endingsOf(program.procedures),
    };
    const main = choreography(names[index] ?? '', [], [...rolesIn(program.main, known)], program.main, known, words);
    return [
      main,
      ...program.procedures.map((p) => {
        const params = p.params.map(({ text }) => text);
        return choreography(
          top.of(`procedure ${index} ${p.name.text}`),
          params,
          [...(known.roles.get(p.name.text) ?? [])],
          p.body,
          known,
          words,
        );
      }),
    ];
  });
  return { text: format([words.values.declarations(), ...texts].filter((t) => t !== '').join('\n\n')) };
}

function choreography(
  name: string,
  params: readonly string[],
  others: readonly string[],
  body: Body,
  program: Program,
  words: Words,
): string {
  const roles = nameTable('p');
  const header = [...params, ...others].map((role) => roles.of(role)).join(', ');
  return `choreography ${name}(${header}) {\n${lines(body, roles, program, words)}\n}`;
}

function lines(body: Body, roles: NameTable, program: Program, words: Words): string {
  const written: string[] = [];
  for (const [i, statement] of body.entries()) {
    const ends = endingOf([statement], program.endings);
    const rest = body.slice(i + 1);
    if (statement.kind === 'if' && ends === 'either' && rest.length > 0) {
      // What follows belongs to the branches that do not end everything.
      written.push(
        line(
          { ...statement, then: [...statement.then, ...rest], else: [...statement.else, ...rest] },
          roles,
          program,
          words,
        ),
      );
      return written.join('\n');
    }
    if (statement.kind === 'call' && ends === 'either' && rest.some((s) => s.kind !== 'stop')) {
      throw new ImportFailure(
        'recursion',
        `\`${statement.callee.text}\` ends everything in one branch and comes back in another, and something follows it here. A choreography of Chor that is called always comes back: write its branches here.`,
        statement.callee.at,
      );
    }
    written.push(line(statement, roles, program, words));
    if (ends === 'stops') break;
  }
  return written.filter((text) => text !== '').join('\n');
}

function line(statement: Statement, roles: NameTable, program: Program, words: Words): string {
  const { labels, values, top } = words;
  const role = ({ text }: Word): string => roles.of(text);
  const met = ({ text }: Word): string => labels.of(`introduced ${text}`, `meet_${text}`);
  switch (statement.kind) {
    case 'message':
      return `${role(statement.from)}.${values.of(statement.value)} -> ${role(statement.to)}`;
    case 'selection':
      return `${role(statement.from)} -> ${role(statement.to)}: ${labels.of(statement.label.text)}`;
    case 'introduction':
      return `${role(statement.from)} -> ${role(statement.left)}: ${met(statement.right)}\n${role(statement.from)} -> ${role(statement.right)}: ${met(statement.left)}`;
    case 'if': {
      const [then, otherwise] = [
        lines(statement.then, roles, program, words),
        lines(statement.else, roles, program, words),
      ];
      return `if ${role(statement.role)}.${values.of(statement.condition)} {\n${then}\n}${otherwise === '' ? '' : ` else {\n${otherwise}\n}`}`;
    }
    case 'call': {
      const args = [
        ...statement.args.map(role),
        ...[...(program.roles.get(statement.callee.text) ?? [])].map((other) => roles.of(other)),
      ];
      return `do ${top.of(`procedure ${program.index} ${statement.callee.text}`)}(${args.join(', ')})`;
    }
    case 'stop':
      return '';
  }
}

/** Every call names a procedure, and gives it what it takes. */
function checkCalls({ procedures, main }: GlobalProgram): void {
  const check = (body: Body): void => {
    for (const statement of body) {
      if (statement.kind === 'if') [statement.then, statement.else].forEach(check);
      if (statement.kind !== 'call') continue;
      const { callee, args } = statement;
      const procedure = procedures.find((p) => p.name.text === callee.text);
      if (!procedure) throw new ImportFailure('unknown-name', `There is no procedure \`${callee.text}\`.`, callee.at);
      if (procedure.params.length !== args.length)
        throw new ImportFailure(
          'arity',
          `\`${callee.text}\` takes ${procedure.params.length} names, and is given ${args.length}.`,
          callee.at,
        );
    }
  };
  [main, ...procedures.map((p) => p.body)].forEach(check);
}

function conditionsOf(body: Body): Word[] {
  return body.flatMap((s) => (s.kind === 'if' ? [s.condition, ...conditionsOf(s.then), ...conditionsOf(s.else)] : []));
}

/** The roles of every procedure, also of those that it calls; a least fixed point. */
function takingPart(procedures: readonly Procedure<Body>[]): ReadonlyMap<string, ReadonlySet<string>> {
  let roles = new Map<string, ReadonlySet<string>>(procedures.map((p) => [p.name.text, new Set()]));
  for (;;) {
    const next = new Map(
      procedures.map((p) => {
        const own = rolesIn(p.body, { roles });
        for (const { text } of p.params) own.delete(text);
        return [p.name.text, own] as const;
      }),
    );
    if ([...next].every(([name, { size }]) => size === roles.get(name)?.size)) return next;
    roles = next;
  }
}

function rolesIn(body: Body, known: Pick<Program, 'roles'>): Set<string> {
  const found = new Set<string>();
  const add = (...words: readonly Word[]): void => {
    for (const { text } of words) found.add(text);
  };
  for (const s of body) {
    switch (s.kind) {
      case 'message':
      case 'selection':
        add(s.from, s.to);
        break;
      case 'introduction':
        add(s.from, s.left, s.right);
        break;
      case 'if':
        add(s.role);
        for (const role of [...rolesIn(s.then, known), ...rolesIn(s.else, known)]) found.add(role);
        break;
      case 'call':
        add(...s.args);
        for (const role of known.roles.get(s.callee.text) ?? []) found.add(role);
        break;
      case 'stop':
        break;
    }
  }
  return found;
}

/** How every procedure ends; one that never does counts as one after which nothing comes. */
function endingsOf(procedures: readonly Procedure<Body>[]): ReadonlyMap<string, Ending> {
  let endings = new Map<string, Ending>();
  for (;;) {
    const next = new Map(procedures.map((p) => [p.name.text, endingOf(p.body, endings)] as const));
    if ([...next].every(([name, ending]) => ending === endings.get(name))) return next;
    endings = next;
  }
}

/**
 * What is not known yet counts as ending everything: `returns` and `either` are only found where something comes back.
 */
function endingOf(body: Body, endings: ReadonlyMap<string, Ending>): Ending {
  let stopped = false;
  for (const s of body) {
    const own =
      s.kind === 'stop'
        ? 'stops'
        : s.kind === 'call'
          ? (endings.get(s.callee.text) ?? 'stops')
          : s.kind === 'if'
            ? both(endingOf(s.then, endings), endingOf(s.else, endings))
            : 'returns';
    if (own === 'stops') return 'stops';
    stopped ||= own === 'either';
  }
  return stopped ? 'either' : 'returns';
}

function both(a: Ending, b: Ending): Ending {
  return a === b ? a : 'either';
}
