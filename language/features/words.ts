// Facts in words, as hovers and code lenses say them.
import type { Choreography } from '../ir/choreography.js';
import { walkBlock } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import { walkActions } from '../ir/process.js';
import { boundOf, forQueues, forSizes, isUnfinished, suspicion, whyUndecided } from '../network/verdict/verdict.js';
import type { Verdict } from '../network/verdict/verdict.js';
import type { FileAnalysis } from '../workspace.js';

/** `1 message`, `2 messages`, `2 processes`, `2 choreographies`. */
export function counted(count: number, noun: string): string {
  const many = noun.endsWith('s') ? `${noun}es` : noun.replace(/y?$/, (y) => (y ? 'ies' : 's'));
  return `${count.toLocaleString('en')} ${count === 1 ? noun : many}`;
}

/** The messages that a choreography's text sends, each receiver counted; what it calls is not counted in. */
export function messagesOf(choreography: Choreography): number {
  let count = 0;
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'communication') count += s.receivers.length;
    if (s.kind === 'gather') count += s.senders.length;
  });
  return count;
}

/** The sends in a network's text. */
export function sendsOf(network: Network): number {
  let count = 0;
  for (const process of network.processes)
    walkActions(process.body.actions, (a) => (count += a.kind === 'send' ? 1 : 0));
  return count;
}

/** A verdict in a few words, for a code lens. */
export function shortVerdict(verdict: Verdict): string {
  if (verdict.givenUp !== undefined) return `undecided: ${verdict.givenUp}`;
  switch (verdict.verdict) {
    case 'proved':
      return verdict.subject === 'choreography' ? 'deadlock-free' : `proved free of deadlock${forSizes(verdict)}`;
    case 'bounded':
      return `holds ${boundOf(verdict)}${forSizes(verdict)}${isUnfinished(verdict) ? ' (stopped)' : ''}`;
    case 'suspected':
      return 'may go wrong';
    case 'refuted':
      return `refuted${forSizes(verdict)}`;
  }
}

/** A verdict as a sentence in Markdown, with the run where there is one. */
export function verdictSentence(verdict: Verdict): string {
  if (verdict.givenUp !== undefined) {
    return `*Undecided*: ${verdict.givenUp}${verdict.states > 0 ? `, after ${counted(verdict.states, 'state')}` : ''}. Nothing is said of its runs. *Explore again* above it, or any change of it, starts anew.`;
  }
  switch (verdict.verdict) {
    case 'proved':
      if (verdict.byDesign === true)
        return `No run gets stuck${forSizes(verdict)}: *proved ${forQueues(verdict)}*, as each process does what its projection does.`;
      return `No run gets stuck${forSizes(verdict)}: *proved ${forQueues(verdict)}*${verdict.states > 0 ? ` (${counted(verdict.states, 'state')})` : ''}.`;
    case 'bounded':
      return `No run explored gets stuck${forSizes(verdict)}: *holds ${boundOf(verdict)}*, as ${whyUndecided(verdict)}.`;
    case 'suspected':
      return `It *may go wrong*, ${suspicion(verdict)}: no inputs were found that do it.\n\n${verdict.run.map((step, index) => `${index + 1}. ${step.text}`).join('\n')}`.trimEnd();
    case 'refuted': {
      const steps = verdict.run.map((step, index) => `${index + 1}. ${step.text}`);
      return steps.length > 0
        ? `*Refuted*${forSizes(verdict)}, by this run:\n\n${steps.join('\n')}`
        : '*Refuted*: it is stuck from the start.';
    }
  }
}

/** What a code lens says of a network that is being explored, or is about to be. */
export const shortPending = 'being explored';

/** The same for a hover, in Markdown. */
export const pendingSentence = 'Its runs are *being explored*: nothing is said of them yet.';

/**
 * What is known of all that a file declares: `1 of 2 choreographies proved · 2 networks proved, 1 refuted, 1 being
 * explored`.
 * @returns undefined for a file without choreographies and networks
 */
export function summary({ file, verdicts, pending }: FileAnalysis): string | undefined {
  const choreographies = file.declarations.filter((d) => d.kind === 'choreography').length;
  const networks = file.declarations.filter((d) => d.kind === 'network').length;
  const parts: string[] = [];
  if (choreographies > 0) {
    const proved = verdicts.filter((v) => v.subject === 'choreography').length;
    parts.push(`${proved < choreographies ? `${proved} of ` : ''}${counted(choreographies, 'choreography')} proved`);
  }
  if (networks > 0) {
    const known = verdicts.filter((v) => v.subject === 'network');
    const kinds: [number, string][] = [
      [known.filter((v) => v.verdict === 'proved').length, 'proved'],
      [known.filter((v) => v.verdict === 'refuted').length, 'refuted'],
      [known.filter((v) => v.verdict === 'suspected').length, 'may go wrong'],
      ...known
        .filter((v) => v.verdict === 'bounded' && v.givenUp === undefined)
        .map((v): [number, string] => [1, shortVerdict(v)]),
      [known.filter((v) => v.givenUp !== undefined).length, 'undecided'],
      [pending.length, shortPending],
      [networks - known.length - pending.length, 'not explored, for its errors'],
    ];
    const said = kinds.filter(([count]) => count > 0);
    parts.push(said.map(([count, what], i) => `${i === 0 ? counted(count, 'network') : count} ${what}`).join(', '));
  }
  return parts.length > 0 ? parts.join(' · ') : undefined;
}
