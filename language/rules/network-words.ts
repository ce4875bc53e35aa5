// What the rules about networks say of the ends of a communication that goes wrong.
import type { WaitingEnd } from '../findings/network.js';
import type { RunStep } from '../findings/run.js';
import { listed, quotedWait } from '../text/words.js';
import type { Related, Telling } from './rule.js';

/** Whom an end waits for. */
export function awaited({ on, from }: WaitingEnd): string {
  return from ? listed(from, 'or') : on;
}

/** `Alice waits for \`reply\` from Bob at line 10`. */
export function waitingText(end: WaitingEnd, { line }: Telling): string {
  const what = quotedWait(end.what, end.waitsTo);
  return end.waitsTo === 'receive'
    ? `${end.role} waits for ${what} from ${awaited(end)} at ${line(end)}`
    : `${end.role} waits at ${line(end)} until ${end.on} takes ${what}`;
}

/** The same for the place itself: `Alice waits here for \`reply\` from Bob`. */
export function waitsHere(end: WaitingEnd): string {
  const what = quotedWait(end.what, end.waitsTo);
  return end.waitsTo === 'receive'
    ? `${end.role} waits here for ${what} from ${awaited(end)}`
    : `${end.role} waits here until ${end.on} takes ${what}`;
}

/** The last steps of the run, so that a reader sees how it comes to this. */
export function runRelated(run: readonly RunStep[]): Related[] {
  const last = run.slice(-8);
  return last.map((step, i) => ({
    uri: step.uri,
    origin: step.origin,
    message: `step ${run.length - last.length + i + 1}: ${step.text}`,
  }));
}

/** A sentence more, where there is one. */
export function sentence(text: string): string {
  return text ? ` ${text}` : '';
}
