// chor check on systems of communicating automata, as the k-MC tool has them: decided as they are, also where no
// network's text can say them.
import { parseSystem } from '../language/import/kmc-texts.js';
import { ImportFailure } from '../language/import/result.js';
import { decide } from '../language/network/verdict/decide.js';
import type { Decision } from '../language/network/verdict/decide.js';
import { boundOf } from '../language/network/verdict/verdict.js';
import type { Undecided } from '../language/network/verdict/verdict.js';
import { networkName } from './files.js';
import type { Input } from './files.js';
import { linesOf } from './positions.js';
import type { DiagnosticReport, FileReport } from './report.js';
import type { ExplorationLimits } from '../language/network/model/exploration.js';

/** Whether a file holds machines, by its name. */
export function holdsMachines(path: string): boolean {
  return /\.(json|fsm|cfsm)$/i.test(path);
}

/**
 * Checks one system; each ordered pair of its roles has an unbounded queue.
 * @param timeout how long it may take, in milliseconds
 * Cost: see `decide`
 */
export function reportOnMachines({ path, text }: Input, limits: ExplorationLimits, timeout: number): FileReport {
  const lines = linesOf(text);
  const diagnostic = (
    code: string,
    severity: DiagnosticReport['severity'],
    message: string,
    at: number,
  ): DiagnosticReport => {
    const end = /[,\]\n]/g;
    end.lastIndex = at + 1;
    return {
      code,
      severity,
      message,
      range: lines.range({ start: at, end: Math.max(at + 1, end.exec(text)?.index ?? text.length) }),
      related: [],
      fixes: [],
    };
  };
  try {
    const until = Date.now() + timeout;
    const system = parseSystem(text);
    if (system.length === 0)
      throw new ImportFailure(
        'syntax',
        'There is no machine in it: a system has at least one role, with its transitions.',
        0,
      );
    const { verdict, by, states, buffer, lacks, mistakes } = decide(
      system,
      { kind: 'fifo' },
      limits,
      () => Date.now() > until,
    );
    const shortest = mistakes.filter((m) => m.code !== 'starvation').sort((a, b) => a.run.length - b.run.length)[0];
    const run = verdict === 'refuted' ? (shortest?.run ?? []) : [];
    return {
      path,
      diagnostics: mistakes.map(({ code, unfair, message, at }) =>
        diagnostic(code, code !== 'starvation' ? 'error' : unfair === true ? 'hint' : 'warning', message, at),
      ),
      verdicts: [
        {
          name: networkName(path),
          kind: 'network',
          verdict,
          states,
          buffer: verdict === 'bounded' ? buffer : 0,
          run,
          lines: run.map((step, i) => ({ kind: 'step', text: `${i + 1}. ${step}`, wrong: false })),
          ...(by === 'multiparty'
            ? {
                why: `what holds with ${buffer} ${buffer === 1 ? 'message' : 'messages'} a queue holds with any number (k-multiparty compatibility)`,
              }
            : {}),
          ...(lacks === undefined
            ? {}
            : {
                bound: boundOf({ states, buffer, undecided: boundMet(lacks, { ...limits, buffer, timeout }) }),
                why: whyBounded(lacks, buffer),
              }),
        },
      ],
    };
  } catch (error) {
    if (error instanceof RangeError)
      return {
        path,
        diagnostics: [diagnostic('syntax-error', 'error', 'This is nested too deeply to be read.', 0)],
        verdicts: [],
      };
    if (!(error instanceof ImportFailure)) throw error;
    return { path, diagnostics: [diagnostic('syntax-error', 'error', error.message, error.at)], verdicts: [] };
  }
}

/** The one bound that was met. */
function boundMet(
  lacks: NonNullable<Decision['lacks']>,
  { states, buffer, timeout }: ExplorationLimits & { timeout: number },
): Undecided {
  if (lacks === 'states') return { reason: 'states', bound: states, channels: [] };
  return lacks === 'time'
    ? { reason: 'time', bound: timeout / 1000, channels: [] }
    : { reason: 'buffer', bound: buffer, channels: [] };
}

function whyBounded(lacks: NonNullable<Decision['lacks']>, buffer: number): string {
  switch (lacks) {
    case 'states':
      return 'there are more states; allow more of them with --states';
    case 'time':
      return 'time was up; allow more of it with --seconds';
    case 'form':
      return `queues may hold more than ${buffer}, and some state sends and receives, or goes two ways on one message, so that a bound proves nothing; allow longer queues with --buffer`;
    case 'outputs':
      return `queues may hold more than ${buffer}, and a send finds room only after a machine took one of several ways to send, and was held back in another; allow longer queues with --buffer`;
    case 'race':
      return `queues may hold more than ${buffer}, and senders race for a receiver: with longer queues another one may come first; allow longer queues with --buffer`;
    case 'held-back':
      return `some machine has to send more than ${buffer} messages ahead; allow longer queues with --buffer`;
    case 'unsafe':
      return `with ${buffer} messages a queue, somebody waits for ever or a message is never taken; allow longer queues with --buffer`;
  }
}
