// Whether a text solves an exercise of the tutorial: what the tool finds wrong comes first, then what the exercise asks
// for and is not there yet.
import { declaredRoles } from '../families/sized.js';
import { sequenceOf } from '../diagram/sequence.js';
import type { Choreography } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import { forSizes, suspicion, whyUndecided } from '../network/verdict/verdict.js';
import { diagnosticsOf, linesIn } from '../rules/render.js';
import type { Diagnostic } from '../rules/render.js';
import { count, listed } from '../text/words.js';
import type { FileAnalysis } from '../workspace.js';
import { Workspace } from '../workspace.js';
import { differenceFrom } from './compare.js';
import type { Declares, Equals, Expectation, Says, Uses } from './expectation.js';
import {
  choreographies,
  decidesForOthers,
  declared,
  processesOf,
  receivesOf,
  repeatsIn,
  selectionsTo,
  sendsOf,
  usesIn,
} from './look.js';
import { longestAnswer, mostErrors, longestExploring } from './limits.js';

/** What an exercise asks for. */
export interface Exercise {
  readonly expectations: readonly Expectation[];
  /** The text of a solution: what an answer is compared with. */
  readonly solution: string;
}

export interface Answer {
  readonly solved: boolean;
  /** What is missing and why, in whole sentences; empty where it is solved. */
  readonly notYet: readonly string[];
}

const address = 'tutorial:/answer.chor';

/** A text that was looked at. */
interface Looked {
  readonly workspace: Workspace;
  readonly analysis: FileAnalysis;
  /** The line of a place in it, counted from 1. */
  readonly line: (start: number) => number;
}

/**
 * Checks an answer. It depends on nothing but what is given: there are no other files.
 * @param text what the learner wrote
 * Cost: that of analysing it, with 0.3 seconds for each network
 */
export function checkAnswer(text: string, exercise: Exercise): Answer {
  if (text.length > longestAnswer)
    return {
      solved: false,
      notYet: [`The text has ${text.length} characters; an answer has ${longestAnswer} at most.`],
    };
  const own = look(text);
  if (!own) return { solved: false, notYet: ['There is nothing to check yet.'] };
  const diagnostics = diagnosticsOf(own.workspace, own.analysis);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) {
    const more = errors.length - mostErrors;
    return {
      solved: false,
      notYet: [
        ...errors.slice(0, mostErrors).map((each) => asLine(own, each)),
        ...(more > 0 ? [`And ${count(more, 'more error')}.`] : []),
      ],
    };
  }
  const hidden = look(exercise.solution);
  const missing = missingIn(own, hidden, exercise.expectations);
  const notYet = [
    ...missing,
    ...diagnostics.filter(({ severity }) => severity === 'warning').map((each) => asLine(own, each)),
  ].filter((each, i, all) => all.indexOf(each) === i);
  return { solved: notYet.length === 0, notYet };
}

function look(text: string): Looked | undefined {
  const workspace = new Workspace({ timeout: longestExploring });
  workspace.set(address, text);
  const analysis = workspace.analyze(address);
  const lineOf = linesIn(workspace);
  return (
    analysis && { workspace, analysis, line: (start) => lineOf({ uri: address, origin: { start, end: start } }) ?? 0 }
  );
}

function asLine(own: Looked, { message, origin }: Diagnostic): string {
  return `Line ${own.line(origin.start)}: ${message}`;
}

/**
 * What is not there yet. What is not declared is told once; whether the messages are those of the solution is asked
 * where nothing else is missing, and expectations that name no choreography are met by one that meets them all.
 */
function missingIn(own: Looked, hidden: Looked | undefined, expectations: readonly Expectation[]): string[] {
  const told: string[] = [];
  /** What is not there as it should be, and of what anything is missing, by name. */
  const absent = new Set<string>();
  const incomplete = new Set<string>();
  const isLast = ({ kind }: Expectation): boolean => kind === 'behaves';
  for (const each of [...expectations.filter((one) => !isLast(one)), ...expectations.filter(isLast)]) {
    const about =
      each.kind === 'choreography' || each.kind === 'network' ? each.name : 'in' in each ? each.in : undefined;
    if (about !== undefined && (absent.has(about) || (isLast(each) && incomplete.has(about)))) continue;
    const sentences = isOpen(each) ? [] : explained(each, missing(own, hidden, each));
    told.push(...sentences);
    if (about === undefined || sentences.length === 0) continue;
    incomplete.add(about);
    if (each.kind === 'choreography' || each.kind === 'network') absent.add(about);
  }
  const open = expectations.filter(isOpen);
  if (open.length === 0) return told;
  const each = choreographies(own.analysis).map((choreography) =>
    open.flatMap((one) => explained(one, missingOf(own, choreography, one))),
  );
  const best = each.reduce<string[] | undefined>(
    (least, one) => (least && least.length <= one.length ? least : one),
    undefined,
  );
  return [...told, ...(best ?? ['There is no choreography yet.'])];
}

/** Of those that any choreography may meet. */
type Open = Extract<Expectation, { kind: 'messages' | 'roles' | 'decides' }>;

function isOpen(each: Expectation): each is Open {
  return (each.kind === 'messages' || each.kind === 'roles' || each.kind === 'decides') && each.in === undefined;
}

function explained({ why }: Expectation, sentence: string | undefined): string[] {
  return sentence === undefined ? [] : [why === undefined ? sentence : `${sentence} ${why}`];
}

/** What an expectation finds missing, in a sentence. Of what is not declared, only those tell that ask for it. */
function missing(own: Looked, hidden: Looked | undefined, each: Expectation): string | undefined {
  if (!('in' in each)) {
    switch (each.kind) {
      case 'choreography':
      case 'network':
        return notDeclared(own, each);
      case 'equals':
        return notEqual(own, each);
      // They name no choreography, and are asked of all.
      case 'messages':
      case 'roles':
      case 'decides':
        return undefined;
    }
  }
  const declaration = declared(own.analysis, each.in ?? '');
  if (!declaration) return undefined;
  const name = `\`${declaration.name.text}\``;
  switch (each.kind) {
    case 'proved':
      return notProved(own, declaration);
    case 'messages':
    case 'roles':
    case 'decides':
      return declaration.kind === 'choreography' ? missingOf(own, declaration, each) : undefined;
    case 'sends':
    case 'receives':
      return notSaid(own, declaration, each);
    case 'uses':
      return notUsed(own, declaration, each);
    case 'repeats': {
      const processes = processesOf(own.analysis, declaration).filter(
        (process) => each.role === undefined || process.name.text === each.role,
      );
      if (processes.some(repeatsIn)) return undefined;
      return each.role === undefined
        ? `Nothing is sent again and again in ${name}.`
        : `\`${each.role}\` sends and receives nothing again and again in ${name}.`;
    }
    case 'untold': {
      const [first] = declaration.kind === 'choreography' ? selectionsTo(declaration, each.role) : [];
      return (
        first &&
        `\`${each.role}\` gets a message of its own at line ${own.line(first.at.start)}, ${first.label === '' ? 'which carries nothing' : `\`${first.label}\`, which carries nothing else`}.`
      );
    }
    case 'behaves': {
      const wanted = hidden && declared(hidden.analysis, each.as);
      return (
        hidden &&
        wanted &&
        differenceFrom(
          { declaration, scope: own.analysis.scope },
          { declaration: wanted, scope: hidden.analysis.scope },
        )
      );
    }
  }
}

/** What an expectation finds missing in one choreography. */
function missingOf(own: Looked, choreography: Choreography, each: Open): string | undefined {
  const name = `\`${choreography.name.text}\``;
  switch (each.kind) {
    case 'messages': {
      const { main, sections } = sequenceOf(choreography, own.analysis.scope);
      const { most = 0 } = sections[main]?.count ?? {};
      if (each.most !== undefined && most > each.most)
        return `${name} takes ${most} messages on its longest way; ${each.most} are enough.`;
      return each.least !== undefined && most < each.least
        ? `${name} takes ${count(most, 'message')} on its longest way; it should be ${each.least} at least.`
        : undefined;
    }
    case 'roles': {
      const { length } = choreography.roles;
      if (each.least !== undefined && length < each.least)
        return `${name} has ${count(length, 'role')}; it should have ${each.least} at least.`;
      return each.most !== undefined && length > each.most
        ? `${name} has ${length} roles; ${each.most} are enough.`
        : undefined;
    }
    case 'decides':
      return decidesForOthers(choreography)
        ? undefined
        : `In ${name}, nobody decides anything that others have to do with.`;
  }
}

function notDeclared({ analysis }: Looked, each: Declares): string | undefined {
  const declaration = declared(analysis, each.name);
  if (declaration?.kind !== each.kind) {
    const others = analysis.file.declarations
      .filter(({ kind, broken }) => kind === each.kind && !broken)
      .map(({ name }) => `\`${name.text}\``);
    return `There is no ${each.kind} \`${each.name}\` yet${others.length > 0 ? `, only ${listed(others)}` : ''}.`;
  }
  const name = `\`${each.name}\``;
  if (
    declaration.kind === 'network' &&
    each.implements !== undefined &&
    declaration.implements?.text !== each.implements
  )
    return `${name} does not say what it is to do: \`network ${each.name} implements ${each.implements}\`.`;
  const roles = (declaration.kind === 'choreography' ? declaration.roles : declaration.processes).map(
    (role) => role.name.text,
  );
  const lacking = (each.roles ?? []).filter((role) => !roles.includes(role));
  if (lacking.length > 0)
    return `${name} has no ${declaration.kind === 'network' ? 'process' : 'role'} ${listed(lacking.map((role) => `\`${role}\``))} yet.`;
  const families = declaredRoles(declaration, analysis.scope).flatMap((role) =>
    role.family && role.value === undefined ? [role.name.text] : [],
  );
  const single = (each.families ?? []).find((role) => !families.includes(role));
  return single === undefined
    ? undefined
    : `\`${single}\` is one role in ${name}, and should be any number of them: \`${single}[n]\` in the header.`;
}

function notProved({ analysis }: Looked, { name, kind }: Choreography | Network): string | undefined {
  const verdict = analysis.verdicts.find((each) => each.subject === kind && each.name === name.text);
  if (verdict?.verdict === 'proved') return undefined;
  if (!verdict) return `Nothing is known of \`${name.text}\` yet.`;
  switch (verdict.verdict) {
    case 'bounded':
      return `\`${name.text}\` is not proved: ${whyUndecided(verdict)}.`;
    case 'suspected':
      return `\`${name.text}\` may go wrong ${suspicion(verdict)}${forSizes(verdict)}.`;
    case 'refuted':
      return `\`${name.text}\` goes wrong${forSizes(verdict)}.`;
  }
}

function notSaid({ analysis }: Looked, declaration: Choreography | Network, each: Says): string | undefined {
  const process = processesOf(analysis, declaration).find(({ name }) => name.text === each.role);
  if (!process)
    return `\`${declaration.name.text}\` has no ${declaration.kind === 'network' ? 'process' : 'role'} \`${each.role}\`.`;
  const ends = (each.kind === 'sends' ? sendsOf(process) : receivesOf(process)).filter(
    ({ peer, label }) =>
      (each.with === undefined || peer === each.with) && (each.label === undefined || label === each.label),
  );
  const what = `${each.label === undefined ? (each.kind === 'sends' ? 'send' : 'receive') : `${each.kind === 'sends' ? 'send' : 'receive'} \`${each.label}\``}${each.with === undefined ? '' : ` ${each.kind === 'sends' ? 'to' : 'from'} \`${each.with}\``}`;
  return offBy(ends.length, each, `\`${each.role}\``, what);
}

function notUsed({ analysis }: Looked, declaration: Choreography | Network, each: Uses): string | undefined {
  const processes = processesOf(analysis, declaration).filter(
    ({ name }) => each.role === undefined || name.text === each.role,
  );
  // A call stands in the process of everybody who takes part.
  const times = Math.max(0, ...processes.map((process) => usesIn(process, each.name)));
  return offBy(
    times,
    each,
    each.role === undefined ? `\`${declaration.name.text}\`` : `\`${each.role}\``,
    `use \`${each.name}\``,
  );
}

/** A sentence where something is done too rarely or too often; once at least, where nothing is said. */
function offBy(
  times: number,
  { least, most }: { readonly least?: number; readonly most?: number },
  who: string,
  what: string,
): string | undefined {
  const fewest = least ?? (most === undefined ? 1 : 0);
  const often = (number: number): string => (number === 1 ? 'once' : number === 2 ? 'twice' : `${number} times`);
  if (times < fewest)
    return times === 0
      ? `${who} does not ${what}.`
      : `${who} should ${what} ${often(fewest)}, and does so ${often(times)}.`;
  if (most === undefined || times <= most) return undefined;
  return most === 0
    ? `${who} should not ${what}.`
    : `${who} should ${what} ${often(most)} at most, and does so ${often(times)}.`;
}

/** Two roles who go on only where the values are the same: then what they do is proved. */
function notEqual({ analysis }: Looked, { expression, value }: Equals): string | undefined {
  const start = analysis.file.text.length + 1;
  const together = look(
    `${analysis.file.text}\nnetwork TutorialCompares {\n  process A { if (${expression}) == (${value}) { send to B } }\n  process B { receive from A }\n}\n`,
  );
  const wrong = together?.analysis.findings.some(
    ({ severity, origin }) => (severity === 'error' || severity === 'warning') && origin.start >= start,
  );
  const proved = together?.analysis.verdicts.find(({ name }) => name === 'TutorialCompares')?.verdict === 'proved';
  return proved && !wrong ? undefined : `\`${expression}\` should be \`${value}\`, and is not.`;
}
