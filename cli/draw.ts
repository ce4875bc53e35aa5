// chor draw: a choreography as a sequence diagram, or each role's states, as pictures and for other tools.
import { dotSequence, dotStates } from '../language/diagram/graphviz.js';
import { mostElements, mostStatesDrawn } from '../language/diagram/limits.js';
import { mermaidSequence, mermaidStates } from '../language/diagram/mermaid.js';
import { plantSequence, plantStates } from '../language/diagram/plantuml.js';
import { sequenceOf } from '../language/diagram/sequence.js';
import { shownOf } from '../language/diagram/shown.js';
import type { Drawing } from '../language/diagram/shown.js';
import type { StateDiagram } from '../language/diagram/states.js';
import { elkOf, placedStates } from '../language/diagram/states-layout.js';
import { svgStates } from '../language/diagram/svg-states.js';
import { guessed, svgSequence } from '../language/diagram/svg.js';
import { ExportFailure } from '../language/export/failure.js';
import { machinesFor } from '../language/export/machines.js';
import { statesOf } from '../language/export/states.js';
import { selectDeclaration } from './export.js';
import { Failure } from './failure.js';
import { pathsFrom, writeOutput } from './files.js';
import type { Io } from './io.js';
import { linesOf } from './positions.js';

export const drawKinds = ['sequence', 'states'] as const;
export const drawFormats = ['svg', 'mermaid', 'plantuml', 'dot'] as const;

export interface DrawOptions {
  readonly choreography?: string;
  readonly kind: (typeof drawKinds)[number];
  readonly format: (typeof drawFormats)[number];
  /** Write out what is called. */
  readonly unfold?: boolean;
  /** Sizes of families, by name. */
  readonly size?: ReadonlyMap<string, number>;
  readonly output?: string;
}

/** @returns the exit code: 1 where it can’t be drawn, which is told on standard error; nothing is written then */
export async function draw(
  path: string,
  { choreography: name, kind, format, unfold, size, output }: DrawOptions,
  io: Io,
): Promise<number> {
  const { input, workspace, declaration, scope } = selectDeclaration(path, name, io, {
    command: 'draw',
    which: 'by --choreography',
    ...(size ? { sizes: size } : {}),
  });
  const tell = (message: string, uri: string, at: number): number => {
    const { line, character } = linesOf(workspace.text(uri) ?? '').position(at);
    io.err(`${pathsFrom([input], io)(uri)}:${line + 1}:${character + 1}: can’t draw it: ${message}\n`);
    return 1;
  };
  if (declaration.broken)
    return tell('it can’t be read; `chor check` tells why', scope.file.uri, declaration.name.origin.start);
  let text: string;
  if (kind === 'sequence') {
    if (declaration.kind === 'network')
      throw new Failure(
        `${declaration.name.text} is a network, which has no one sequence; \`--kind states\` draws its processes, and \`chor extract\` finds the choreography that it carries out`,
      );
    const drawing = shownOf(sequenceOf(declaration, scope), { all: unfold === true });
    if (!drawing || drawing.cut)
      return tell(
        `it has more than ${mostElements} elements${unfold ? '; leave out --unfold' : ''}`,
        scope.file.uri,
        declaration.name.origin.start,
      );
    text = sequenceWriters[format](drawing);
  } else {
    try {
      text = await writeStates(statesOf(machinesFor(declaration, scope), declaration.name.text), format);
    } catch (error) {
      if (!(error instanceof ExportFailure)) throw error;
      return tell(error.message, error.uri, error.origin.start);
    }
  }
  writeOutput(output, text, [input.uri, ...workspace.uris()], io);
  return 0;
}

const sequenceWriters: Readonly<Record<DrawOptions['format'], (drawing: Drawing) => string>> = {
  svg: svgSequence,
  mermaid: mermaidSequence,
  plantuml: plantSequence,
  dot: dotSequence,
};

async function writeStates(diagram: StateDiagram, format: DrawOptions['format']): Promise<string> {
  switch (format) {
    case 'dot':
      return dotStates(diagram);
    case 'mermaid':
      return mermaidStates(diagram);
    case 'plantuml':
      return plantStates(diagram);
    case 'svg': {
      const large = diagram.roles.find(({ states }) => states.length > mostStatesDrawn);
      if (large)
        throw new Failure(
          `${large.role} has ${large.states.length} states, and a picture of more than ${mostStatesDrawn} nobody reads; \`--format dot\` writes them all`,
        );
      const { layOut } = await import('./layout.js');
      return svgStates(
        diagram,
        await Promise.all(diagram.roles.map(async (role) => placedStates(await layOut(elkOf(role, guessed))))),
      );
    }
  }
}
