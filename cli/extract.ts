// chor extract: the choreography that a network carries out.
import { extraction } from '../language/features/extract.js';
import type { Network } from '../language/ir/process.js';
import { Workspace } from '../language/workspace.js';
import { Failure } from './failure.js';
import { diskFiles, readInputs, writeOutput } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';

export interface ExtractOptions {
  readonly network?: string;
  readonly output?: string;
}

/** @returns the exit code: 1 where a network has no choreography that is found, which is told on standard error */
export function extract(path: string, options: ExtractOptions, io: Io): number {
  const [input, ...others] = readInputs([path], io);
  if (!input || others.length > 0) throw new Failure(`${path} stands for several files; extract takes one`);
  const workspace = new Workspace({ ...diskFiles() });
  workspace.set(input.uri, input.text);
  const file = workspace.file(input.uri);
  if (!file) throw new Failure(`can’t read ${path}`);
  const networks = file.declarations.filter((d): d is Network => d.kind === 'network');
  const wanted = networks.filter((n) => options.network === undefined || n.name.text === options.network);
  if (networks.length === 0)
    throw new Failure(`there is no network in ${input.path}${file.syntaxErrors.length > 0 ? ' that can be read' : ''}`);
  if (wanted.length === 0)
    throw new Failure(
      `there is no network ${options.network ?? ''} in ${input.path}; there is ${networks.map((n) => n.name.text).join(', ')}`,
    );
  const lines = linesOf(file.text);
  // What several networks call is printed with the first of them.
  const texts = new Set<string>();
  let failed = false;
  for (const network of wanted) {
    const answer = extraction(workspace, input.uri, network);
    if (answer?.kind === 'extracted') for (const text of answer.texts) texts.add(text);
    if (answer?.kind !== 'failed') continue;
    failed = true;
    const { line, character } = lines.position(answer.origin.start);
    io.err(`${input.path}:${line + 1}:${character + 1}: ${network.name.text}: ${answer.message}\n`);
  }
  const text = [...texts].join('\n');
  if (text === '') return 1;
  writeOutput(options.output, text, [input.uri, ...workspace.uris()], io);
  return failed ? 1 : 0;
}
