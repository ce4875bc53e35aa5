// The types of vscode.mjs, for the end-to-end tests.
export interface VSCodeProgram {
  readonly node: string;
  readonly main: string;
}

export interface RunningVSCode {
  readonly port: number;
  url(payload?: readonly unknown[]): string;
  resource(path: string): string;
  log(): string;
  stop(): Promise<void>;
}

export function cacheFolder(): string;
export function fetchVSCode(say: (line: string) => void): Promise<VSCodeProgram>;
export function startVSCode(options: {
  vscode: VSCodeProgram;
  vsix: string;
  folder: string;
  settings?: Readonly<Record<string, unknown>>;
  port?: number;
  tests?: boolean;
}): Promise<RunningVSCode>;
