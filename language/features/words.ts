// Facts in words, as hovers and code lenses say them.
import type { Choreography } from '../ir/choreography.js';
import { walkBlock } from '../ir/choreography.js';
import type { Network } from '../ir/process.js';
import { walkActions } from '../ir/process.js';
import { whyUndecided } from '../network/verdict.js';
import type { Verdict } from '../network/verdict.js';

/** `1 message`, `2 messages`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[], word = 'and'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}

/** The messages that a choreography's text sends, each receiver counted; what it calls is not counted in. */
export function messagesOf(choreography: Choreography): number {
  let count = 0;
  walkBlock(choreography.body.statements, (s) => {
    if (s.kind === 'communication') count += s.receivers.length;
  });
  return count;
}

/** The sends in a network's text. */
export function sendsOf(network: Network): number {
  let count = 0;
  for (const process of network.processes) walkActions(process.body.actions, (a) => (count += a.kind === 'send' ? 1 : 0));
  return count;
}

/** A verdict in a few words, for a code lens. */
export function shortVerdict(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'proved': return verdict.subject === 'choreography' ? 'deadlock-free' : 'proved free of deadlock';
    case 'bounded': return `holds up to ${counted(verdict.states, 'state')}${verdict.buffer > 0 ? `, buffer ${verdict.buffer}` : ''}`;
    case 'refuted': return 'refuted';
  }
}

/** A verdict as a sentence in Markdown, with the run where there is one. */
export function verdictSentence(verdict: Verdict): string {
  switch (verdict.verdict) {
    case 'proved': return `No run gets stuck: *proved for every buffer size*${verdict.states > 0 ? ` (${counted(verdict.states, 'state')})` : ''}.`;
    case 'bounded':
      return `No run explored gets stuck: *holds up to the bound explored* (${counted(verdict.states, 'state')}${verdict.buffer > 0 ? `, buffer ${verdict.buffer}` : ''}), as ${whyUndecided(verdict)}.`;
    case 'refuted': {
      const steps = verdict.run.map((step, index) => `${index + 1}. ${step.text}`);
      return steps.length > 0 ? `*Refuted*, by this run:\n\n${steps.join('\n')}` : '*Refuted*: it is stuck from the start.';
    }
  }
}
