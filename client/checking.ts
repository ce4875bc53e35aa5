// The tasks that run `chor check` out of the extension, as they are started. It knows no VS Code.

/** As in the manifest: what of a task is written in `tasks.json`. */
export interface CheckDefinition {
  readonly type: string;
  /** Patterns and files, as seen from the workspace folder; all of it without. */
  readonly files?: readonly string[];
  /** Checks again whenever something changes. */
  readonly watch?: boolean;
  /** Further options of the command. */
  readonly options?: readonly string[];
}

export const taskType = 'chor';

/** The tasks that are offered for each folder, by their names. */
export const offered: readonly { readonly name: string; readonly definition: CheckDefinition }[] = [
  { name: 'check', definition: { type: taskType } },
  { name: 'watch', definition: { type: taskType, watch: true } },
];

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** What a definition says, whatever a person wrote. */
export function definitionOf(value: { readonly [key: string]: unknown; readonly type: string }): CheckDefinition {
  const files = strings(value.files);
  return {
    type: value.type,
    watch: value.watch === true,
    options: strings(value.options),
    ...(files.length > 0 ? { files } : {}),
  };
}

/**
 * How a task is started.
 * @param execPath what runs the extension: Node, or an editor that is told to be Node
 * @param inExtension the path of a file of the extension
 */
export function processFor(
  { files = ['**/*.chor'], watch = false, options = [] }: CheckDefinition,
  execPath: string,
  inExtension: (path: string) => string,
): { readonly command: string; readonly args: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const args = [inExtension('dist/cli/main.cjs'), 'check', ...(watch ? ['--watch'] : []), ...options, ...files];
  return { command: execPath, args, env: { ELECTRON_RUN_AS_NODE: '1' } };
}
