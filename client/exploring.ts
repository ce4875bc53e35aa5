// What the status item says of explorations: from what the server told to words. It knows no VS Code.
import type { Status } from '../protocol/exploring.js';

export interface ExplorationItem {
  readonly text: string;
  readonly detail?: string;
  readonly busy: boolean;
  /** What can be done about it. */
  readonly offer: 'stop' | 'again' | 'bound' | 'log';
}

const counted = (count: number): string => `${count.toLocaleString('en')} ${count === 1 ? 'state' : 'states'}`;

/**
 * The item for a document.
 * @param status what the server told last; undefined before that
 * @param uri the document that is looked at, as the server knows it
 * @returns undefined where there is nothing to say of it
 */
export function explorationItem(status: Status | undefined, uri: string | undefined): ExplorationItem | undefined {
  const summary = status?.documents.find((d) => d.uri === uri)?.summary;
  if (status && status.exploring.length > 0) {
    // What is looked at is told of first.
    const exploring = [...status.exploring].sort((a, b) => Number(b.uri === uri) - Number(a.uri === uri));
    const under = (tried: boolean): string[] => exploring.filter(({ fixes = false }) => fixes === tried).map(({ name, states }) => (states > 0 ? `${name} (${counted(states)})` : name));
    const said = [['Exploring', under(false)], ['Trying fixes of', under(true)]] as const;
    return {
      text: said.filter(([, names]) => names.length > 0).map(([what, names]) => `${what} ${names.join(', ')}`).join(' · '), busy: true, offer: 'stop',
      detail: status.waiting > 0 ? `${status.waiting} more waiting` : undefined,
    };
  }
  if (summary === undefined) return undefined;
  return { text: summary, busy: false, offer: /\(stopped\)|undecided/.test(summary) ? 'again' : summary.includes('holds up to') ? 'bound' : 'log' };
}
