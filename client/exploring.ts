// What the status item says of explorations: from what the server told to words. It knows no VS Code.
import type { Status } from '../protocol/exploring.js';
import { english } from './wording.js';
import type { Wording } from './wording.js';

export interface ExplorationItem {
  readonly text: string;
  readonly detail?: string;
  readonly busy: boolean;
  /** What can be done about it. */
  readonly offer: 'stop' | 'again' | 'bound' | 'log';
}

/**
 * The item for a document.
 * @param status what the server told last; undefined before that
 * @param uri the document that is looked at, as the server knows it
 * @param t says it in the reader's language
 * @returns undefined where there is nothing to say of it
 */
export function explorationItem(
  status: Status | undefined,
  uri: string | undefined,
  t: Wording = english,
): ExplorationItem | undefined {
  const summary = status?.documents.find((d) => d.uri === uri)?.summary;
  if (status && status.exploring.length > 0) {
    // What is looked at is told of first.
    const exploring = [...status.exploring].sort((a, b) => Number(b.uri === uri) - Number(a.uri === uri));
    const under = (forFixes: boolean): string[] =>
      exploring
        .filter(({ fixes = false }) => fixes === forFixes)
        .map(({ name, states }) =>
          states === 0
            ? name
            : states === 1
              ? t('{0} (1 state)', name)
              : t('{0} ({1} states)', name, states.toLocaleString('en')),
        );
    const [explored, tried] = [under(false).join(', '), under(true).join(', ')];
    return {
      text: [
        ...(explored === '' ? [] : [t('Exploring {0}', explored)]),
        ...(tried === '' ? [] : [t('Trying fixes of {0}', tried)]),
      ].join(' · '),
      busy: true,
      offer: 'stop',
      detail: status.waiting > 0 ? t('{0} more waiting', status.waiting) : undefined,
    };
  }
  if (summary === undefined) return undefined;
  return {
    text: summary,
    busy: false,
    offer: /\(stopped\)|undecided/.test(summary) ? 'again' : summary.includes('holds up to') ? 'bound' : 'log',
  };
}
