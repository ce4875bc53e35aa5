// What a user can set, read from whatever a client sends: what does not fit is left at its default.
import { defaultLimits } from '../language/workspace.js';
import type { Severity } from '../language/findings/finding.js';

export interface Settings {
  /** Severities that differ from the code's own. */
  readonly severity: Readonly<Record<string, Severity | 'off'>>;
  /** Of which files something is said: of all of the workspace, or of those that are open. */
  readonly reported: 'all' | 'open';
  /** Patterns of files and folders of the workspace of which nothing is said unless they are open. */
  readonly unreported: readonly string[];
  /** Of one network; `seconds` is how long it may be explored. */
  readonly exploration: { readonly states: number; readonly buffer: number; readonly seconds: number };
  readonly inlayHints: { readonly types: boolean; readonly choice: boolean };
  readonly codeLens: boolean;
}

export const defaultSettings: Settings = {
  severity: {},
  reported: 'all',
  unreported: [],
  exploration: { ...defaultLimits, seconds: 10 },
  inlayHints: { types: true, choice: true },
  codeLens: true,
};

/**
 * Reads the section `chor` of a client's configuration.
 * @param value the section as sent, of any shape
 */
export function readSettings(value: unknown): Settings {
  const severity: Record<string, Severity | 'off'> = {};
  for (const [code, level] of Object.entries(record(get(value, 'diagnostics', 'severity')))) {
    if (isSeverity(level)) severity[code] = level;
  }
  const reported = get(value, 'diagnostics', 'workspace');
  const unreported = get(value, 'diagnostics', 'exclude');
  return {
    severity,
    reported: reported === 'all' || reported === 'open' ? reported : defaultSettings.reported,
    unreported: Array.isArray(unreported)
      ? unreported.filter((pattern) => typeof pattern === 'string')
      : defaultSettings.unreported,
    exploration: {
      states: count(get(value, 'exploration', 'states'), 1, 10_000_000) ?? defaultSettings.exploration.states,
      buffer: count(get(value, 'exploration', 'buffer'), 1, 1000) ?? defaultSettings.exploration.buffer,
      seconds: count(get(value, 'exploration', 'seconds'), 1, 3600) ?? defaultSettings.exploration.seconds,
    },
    inlayHints: {
      types: flag(get(value, 'inlayHints', 'types')) ?? defaultSettings.inlayHints.types,
      choice: flag(get(value, 'inlayHints', 'choice')) ?? defaultSettings.inlayHints.choice,
    },
    codeLens: flag(get(value, 'codeLens', 'enabled')) ?? defaultSettings.codeLens,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A nested value; both `{ a: { b } }` and `{ "a.b" }` are understood. */
function get(value: unknown, first: string, second: string): unknown {
  const outer = record(value);
  return record(outer[first])[second] ?? outer[`${first}.${second}`];
}

function isSeverity(value: unknown): value is Severity | 'off' {
  return value === 'error' || value === 'warning' || value === 'information' || value === 'hint' || value === 'off';
}

function count(value: unknown, least: number, most: number): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(most, Math.max(least, Math.floor(value)))
    : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}
