// The chor command: reads the command line, runs one command, and says what went wrong in one line.
import { writeSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { version } from '../package.json';
import { exportFormats } from '../language/export/export.js';
import { reasonOf } from '../system/reason.js';
import { endWithParent } from '../system/parent.js';
import { check } from './check.js';
import type { CheckOptions } from './check.js';
import { draw, drawFormats, drawKinds } from './draw.js';
import type { DrawOptions } from './draw.js';
import { collectSize, exportFile } from './export.js';
import type { ExportOptions } from './export.js';
import { Failure } from './failure.js';
import { extract } from './extract.js';
import type { ExtractOptions } from './extract.js';
import { fix } from './fix.js';
import type { FixOptions } from './fix.js';
import { fmt } from './fmt.js';
import type { FmtOptions } from './fmt.js';
import { importFile } from './import.js';
import type { ImportOptions } from './import.js';
import { processIo } from './io.js';
import { learn } from './learn.js';
import type { LearnOptions } from './learn.js';
import { rootFolder } from './mcp/root.js';
import type { Io } from './io.js';
import { project } from './project.js';
import type { ProjectOptions } from './project.js';

/**
 * Runs one command line.
 * @param args the arguments after `chor`
 * @returns the exit code: 0 all well, 1 something was found, 2 wrong use; undefined while a server is running
 */
export async function run(args: readonly string[], io: Io): Promise<number | undefined> {
  let code: number | undefined;
  const program = new Command('chor')
    .description('Checks, projects, draws, extracts, repairs and formats choreographies.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('--color', 'colour the output even where nobody seems to read it')
    .option('--no-color', 'never colour the output')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        io.out(text);
      },
      writeErr: () => undefined,
    })
    .showSuggestionAfterError();
  const color = (): boolean | undefined => program.opts<{ color?: boolean }>().color;

  program
    .command('check')
    .description('report what is wrong')
    .argument('<files...>', 'files or patterns; - is standard input')
    .addOption(
      new Option('--format <format>', 'how to report')
        .choices(['text', 'json', 'sarif', 'gitlab', 'mermaid'])
        .default('text'),
    )
    .option('--hints', 'show hints in the text too')
    .option('--states <n>', 'explore so many states of each network at most', positive)
    .option('--buffer <n>', 'let queues hold so many messages at most in what is explored', positive)
    .option('--seconds <n>', 'explore each network for so long at most', positive)
    .option('--watch', 'check again whenever a file changes, until it is ended')
    .action(async (files: string[], options: CheckOptions) => {
      if (!options.watch) code = check(files, { ...options, color: color() }, io);
      else {
        const { watch } = await import('./watch.js');
        await watch(files, { ...options, color: color() }, io, io.ended);
      }
    });

  program
    .command('project')
    .description('print what each role does alone')
    .argument('<file>', 'a file; - is standard input')
    .option('--choreography <name>', 'this choreography only')
    .option('--role <role>', 'this role only')
    .addOption(new Option('--format <format>', 'how to print').choices(['chor', 'json']).default('chor'))
    .option('-o, --output <file>', 'write into a file')
    .action((file: string, options: ProjectOptions) => {
      code = project(file, options, io);
    });

  program
    .command('extract')
    .description('print the choreography that a network carries out')
    .argument('<file>', 'a file; - is standard input')
    .option('--network <name>', 'of this network only')
    .option('-o, --output <file>', 'write into a file')
    .action((file: string, options: ExtractOptions) => {
      code = extract(file, options, io);
    });

  program
    .command('fix')
    .description('apply the preferred fixes, one after the other, until none is left')
    .argument('<files...>', 'files or patterns; - is standard input, and the result goes to standard output')
    .option('--code <code>', 'fix only this code; may be given several times', collect, [])
    .option('--dry-run', 'print what would change as a diff, and change nothing')
    .action((files: string[], options: FixOptions) => {
      code = fix(files, options, io);
    });

  program
    .command('fmt')
    .description('lay files out anew')
    .argument('<files...>', 'files or patterns; - is standard input, and the result goes to standard output')
    .option('--check', 'change nothing, name the files that would change, and end with 1 if there are any')
    .action((files: string[], options: FmtOptions) => {
      code = fmt(files, options, io);
    });

  program
    .command('import')
    .description('turn protocols of other tools into choreographies and networks')
    .argument('<file>', 'a file; - is standard input')
    .addOption(
      new Option('--format <format>', 'what it is written in (default: as its name and text say)').choices([
        'scribble',
        'kmc',
        'extractor',
      ]),
    )
    .option('-o, --output <file>', 'write into a file')
    .action((file: string, options: ImportOptions) => {
      code = importFile(file, options, io);
    });

  program
    .command('export')
    .description('write a choreography or network as other tools read it')
    .argument('<file>', 'a file; - is standard input')
    .argument('[name]', 'the choreography or network (default: the only one)')
    .addOption(new Option('--format <format>', 'what to write').choices(exportFormats).makeOptionMandatory())
    .option('--role <role>', 'asyncapi: what this role sends and receives, and nothing else')
    .option(
      '--size <name=n>',
      'with so many members of a family, each by itself; may be given several times',
      collectSize,
    )
    .option('-o, --output <file>', 'write into a file')
    .action((file: string, name: string | undefined, options: ExportOptions) => {
      code = exportFile(file, name, options, io);
    });

  program
    .command('draw')
    .description('draw a choreography as a sequence diagram, or what each role does as a graph of states')
    .argument('<file>', 'a file; - is standard input')
    .option('--choreography <name>', 'the choreography or network (default: the only one)')
    .addOption(new Option('--kind <kind>', 'what to draw').choices(drawKinds).default('sequence'))
    .addOption(new Option('--format <format>', 'what to write').choices(drawFormats).default('svg'))
    .option('--unfold', 'write out the choreographies that are called')
    .option(
      '--size <name=n>',
      'with so many members of a family, each by itself; may be given several times',
      collectSize,
    )
    .option('-o, --output <file>', 'write into a file')
    .action(async (file: string, options: DrawOptions) => {
      code = await draw(file, options, io);
    });

  program
    .command('learn')
    .description('read a chapter of the tutorial, begin its exercise, or check an answer')
    .argument('[what]', 'the number of a chapter, or the file of an answer; without it, the chapters are listed')
    .option('-o, --output <file>', 'write the text that the exercise starts with into a file')
    .action((what: string | undefined, options: LearnOptions) => {
      code = learn(what, options, io);
    });

  program
    .command('lsp')
    .description('serve an editor over the language server protocol')
    .option('--stdio', 'over standard input and output (the only way, and the default)')
    .addOption(new Option('--clientProcessId <id>', 'end when this process does').hideHelp())
    .action(async () => {
      // Only here: the other commands start faster without it.
      const { runServer } = await import('../server/node.js');
      runServer('stdio');
    });

  program
    .command('mcp')
    .description('serve assistants over the model context protocol')
    .option('--stdio', 'over standard input and output (the only way, and the default)')
    .option(
      '--root <folder>',
      'the folder that files are read from, and nothing outside of it (default: the working folder)',
    )
    .option('--seconds <n>', 'let each call take so long at most (default: 30)', positive)
    .action(async ({ root = '.', seconds = 30 }: { root?: string; seconds?: number }) => {
      const folder = rootFolder(root, io.cwd);
      // Only here: it is a bundle of its own.
      const { serve } = await import('./mcp/server.js');
      await serve({ root: folder, longest: Math.min(seconds * 1000, 2 ** 31 - 1) });
    });

  try {
    if (args.length === 0) throw new Failure('which command? `chor --help` lists them');
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    io.err(`chor: ${messageOf(error)}\n`);
    return 2;
  }
}

/** What went wrong, in one line. */
function messageOf(error: unknown): string {
  const message = (error instanceof Error ? error.message : String(error))
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
  if (error instanceof Failure || error instanceof CommanderError) return message;
  // The engine says no more of a stack that overflowed.
  if (error instanceof RangeError) return 'a file is nested too deeply, or a chain in it is too long, for this command';
  return `this is a mistake in chor itself, please report it with the file: ${message}`;
}

function collect(value: string, previous: readonly string[]): string[] {
  if (value.trim() === '') throw new InvalidArgumentError('it is empty.');
  return [...previous, value];
}

function positive(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1 || number > 1e9)
    throw new InvalidArgumentError('it is to be a whole number from 1 on.');
  return number;
}

/**
 * The entry of the bundle. A reader that stops reading (`chor check … | head`) is no error; what else can’t be written,
 * or goes wrong, is told in one line.
 */
export function main(): void {
  endWithParent();
  const give = (message: string): never => {
    try {
      writeSync(2, `chor: ${message}\n`);
    } catch {
      // There is nobody left to tell.
    }
    process.exit(2);
  };
  for (const [stream, name] of [
    [process.stdout, 'standard output'],
    [process.stderr, 'standard error'],
  ] as const) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      give(`can’t write ${name}: ${reasonOf(error)}`);
    });
  }
  const start = async (): Promise<number | undefined> => run(process.argv.slice(2), processIo());
  start().then(
    (code) => {
      if (code !== undefined) process.exitCode = code;
    },
    (error: unknown) => give(messageOf(error)),
  );
}
