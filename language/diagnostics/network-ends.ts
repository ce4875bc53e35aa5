// What the rules about networks are told: the ends of a communication that goes wrong, each with its place and its words.
import type { Origin } from '../ir/expression.js';
import type { Action, Process } from '../ir/process.js';
import type { RunStep } from '../network/verdict.js';
import type { Related } from './rule.js';

/** A line that a message names. */
export interface Line {
  readonly line: number;
  /** Its file, where that is not the message's own. */
  readonly file?: string;
}

/** `line 32`, or `` line 32 of `other.chor` `` */
export function lineText({ line, file }: Line): string {
  return file === undefined ? `line ${line}` : `line ${line} of \`${file}\``;
}

/** A role at the moment when something is wrong. */
export interface End {
  readonly role: string;
  /** Where it stands, in the text of its process; for what it called, in the called process's file. */
  readonly uri: string;
  readonly origin: Origin;
  readonly at: Line;
  /** What it stands at; undefined where it has ended. */
  readonly action?: Action;
  /** Its process, where that stands in the network as written; a projection's or a called one's is not to be edited. */
  readonly process?: Process;
}

/** An end that waits: for a message, or for its own message to be taken. */
export interface WaitingEnd extends End {
  readonly on: string;
  /** `greeting`, `accept or reject`; what it wants to send, for a sender. */
  readonly what: string;
  readonly waitsTo: 'receive' | 'send';
  /** Its process is known not to do what the choreography says. */
  readonly differs: boolean;
}

/**
 * What an end waits for, or with, as code: `` `accept` or `reject` ``.
 * @param what a message, or the names of those that are received, in words
 */
export function quotedWait(what: string, waitsTo: 'receive' | 'send'): string {
  if (what === 'a message') return what;
  return waitsTo === 'send' ? `\`${what}\`` : what.split(/(, | or )/).map((part, i) => (i % 2 === 0 ? `\`${part}\`` : part)).join('');
}

/** `Alice waits for \`reply\` from Bob at line 10`. */
export function waitingText(end: WaitingEnd): string {
  const what = quotedWait(end.what, end.waitsTo);
  return end.waitsTo === 'receive'
    ? `${end.role} waits for ${what} from ${end.on} at ${lineText(end.at)}`
    : `${end.role} waits at ${lineText(end.at)} until ${end.on} takes ${what}`;
}

/** The same for the place itself: `Alice waits here for \`reply\` from Bob`. */
export function waitsHere(end: WaitingEnd): string {
  const what = quotedWait(end.what, end.waitsTo);
  return end.waitsTo === 'receive' ? `${end.role} waits here for ${what} from ${end.on}` : `${end.role} waits here until ${end.on} takes ${what}`;
}

/** The last steps of the run, so that a reader sees how it comes to this. */
export function runRelated(run: readonly RunStep[]): Related[] {
  const last = run.slice(-8);
  return last.map((step, i) => ({ uri: step.uri, origin: step.origin, message: `step ${run.length - last.length + i + 1}: ${step.text}` }));
}

/** A sentence more, where there is one. */
export function sentence(text: string): string {
  return text ? ` ${text}` : '';
}

/** `Alice, Bob and Carol`. */
export function listed(names: readonly string[]): string {
  return names.length <= 1 ? names[0] ?? '' : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
