// How `chor mcp` is started out of the extension. It knows no VS Code.

export interface AssistantServer {
  readonly label: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder that it runs in, and reads from. */
  readonly cwd: string;
}

/**
 * The servers for what is open: one for each folder on disk; where there is none, one that reads the examples.
 * @param execPath what runs the extension: Node, or an editor that is told to be Node
 * @param inExtension the path of a file of the extension
 */
export function serversFor(
  folders: readonly { readonly name: string; readonly scheme: string; readonly path: string }[],
  execPath: string,
  inExtension: (path: string) => string,
): AssistantServer[] {
  const local = folders.filter(({ scheme }) => scheme === 'file');
  const server = (label: string, cwd: string): AssistantServer => ({
    label,
    cwd,
    command: execPath,
    args: [inExtension('dist/cli/main.cjs'), 'mcp', '--root', cwd],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
  if (local.length === 0) return [server('Chor', inExtension('examples'))];
  return local.map(({ name, path }) => server(local.length === 1 ? 'Chor' : `Chor (${name})`, path));
}
