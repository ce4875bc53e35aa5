// Requests that only look: hover, definitions, references, symbols, folding, colours, hints, lenses, links, calls.
import {
  DocumentHighlightKind,
  FoldingRangeKind,
  InlayHintKind,
  SemanticTokensBuilder,
  SymbolKind,
} from 'vscode-languageserver';
import type {
  CallHierarchyItem,
  ClientCapabilities,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  CodeLens,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { callItem, incomingCalls, itemOf, outgoingCalls } from '../language/features/calls.js';
import type { CallItem } from '../language/features/calls.js';
import { colouredTokens, tokenModifiers, tokenTypes } from '../language/features/colours.js';
import { hover } from '../language/features/hover.js';
import { inlays } from '../language/features/inlays.js';
import { lenses } from '../language/features/lenses.js';
import { links } from '../language/features/links.js';
import {
  definition,
  highlights,
  implementations,
  references,
  typeDefinition,
} from '../language/features/navigation.js';
import { signatureHelp } from '../language/features/signature.js';
import { folds, selectionsAt } from '../language/features/structure.js';
import { outline, workspaceSymbols } from '../language/features/symbols.js';
import type { OutlineItem } from '../language/features/symbols.js';
import type { TextRange } from '../language/ir/expression.js';
import type { SymbolKind as ChorKind } from '../language/scoping/symbols.js';
import { exploreAgainCommand } from '../protocol/exploring.js';
import { toLocation, toOffset, toOrigin, toRange } from './convert.js';
import { arrayOf, objectOf, positionOf, rangeOf, textOf } from './params.js';
import type { Requests } from './requests.js';
import { canShowRuns, showRunCommand } from './runs.js';
import type { Session } from './session.js';

export function registerReading(
  { on, onDocument, onPosition }: Requests,
  session: Session,
  client: () => ClientCapabilities,
): void {
  const locations = (places: readonly { uri: string; origin: TextRange }[]): unknown =>
    places.flatMap((p) => toLocation(session, p.uri, p.origin) ?? []);

  onPosition('textDocument/hover', ({ uri, document, offset }) => {
    const info = hover(session.workspace(), uri, offset);
    return info && { contents: { kind: 'markdown', value: info.markdown }, range: toRange(document, info.range) };
  });
  onPosition('textDocument/signatureHelp', ({ uri, offset }) => {
    const help = signatureHelp(session.workspace(), uri, offset);
    return (
      help && {
        signatures: help.signatures.map((s) => ({
          label: s.label,
          documentation: s.doc && { kind: 'markdown', value: s.doc },
          parameters: s.parameters.map((p) => ({ label: p.label, documentation: p.doc })),
        })),
        activeSignature: 0,
        activeParameter: help.active,
      }
    );
  });

  for (const method of ['textDocument/definition', 'textDocument/declaration']) {
    onPosition(method, ({ uri, offset }) => {
      const place = definition(session.workspace(), uri, offset);
      return place && toLocation(session, place.uri, place.origin);
    });
  }
  onPosition('textDocument/typeDefinition', ({ uri, offset }) => {
    const place = typeDefinition(session.workspace(), uri, offset);
    return place && toLocation(session, place.uri, place.origin);
  });
  onPosition('textDocument/implementation', ({ uri, offset }) =>
    locations(implementations(session.workspace(), uri, offset)),
  );
  onPosition('textDocument/references', ({ uri, offset, params }) =>
    locations(references(session.workspace(), uri, offset, objectOf(params.context).includeDeclaration === true)),
  );
  onPosition('textDocument/documentHighlight', ({ uri, document, offset }) =>
    highlights(session.workspace(), uri, offset).map((o) => ({
      range: toRange(document, o.origin),
      kind: o.role === 'read' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    })),
  );

  onDocument('textDocument/documentSymbol', ({ uri, document }) => {
    const file = session.workspace().file(uri);
    const toSymbol = (item: OutlineItem): DocumentSymbol => ({
      name: item.name || '…',
      detail: item.detail,
      kind: symbolKind(item.kind),
      range: toRange(document, item.range),
      selectionRange: toRange(document, item.selection),
      children: item.children.map(toSymbol),
    });
    const items = file ? outline(file) : [];
    if (client().textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport !== false) return items.map(toSymbol);
    return items.flatMap((item) =>
      [item, ...item.children].map((i) => ({
        name: i.name,
        kind: symbolKind(i.kind),
        location: { uri: session.toClient(uri), range: toRange(document, i.range) },
        ...(i === item ? {} : { containerName: item.name }),
      })),
    );
  });
  on('workspace/symbol', (params) =>
    workspaceSymbols(session.workspace(), textOf(params.query)).flatMap((item) => {
      const location = toLocation(session, item.uri, item.origin);
      return location
        ? [{ name: item.name, kind: symbolKind(item.kind), location, containerName: item.container }]
        : [];
    }),
  );

  onDocument('textDocument/foldingRange', ({ document }) =>
    folds(document.getText())
      .map(({ range, kind }): FoldingRange => {
        const { start, end } = toRange(document, range);
        // A block's last line, with its closing brace, stays to be seen.
        const endLine = kind === 'block' ? Math.max(start.line, end.line - 1) : end.line;
        return {
          startLine: start.line,
          endLine,
          ...(kind === 'comment'
            ? { kind: FoldingRangeKind.Comment }
            : kind === 'imports'
              ? { kind: FoldingRangeKind.Imports }
              : {}),
        };
      })
      .filter((fold) => fold.endLine > fold.startLine),
  );
  onDocument('textDocument/selectionRange', ({ document, params }) =>
    arrayOf(params.positions).map((position): SelectionRange => {
      const ranges = selectionsAt(document.getText(), toOffset(document, positionOf(position)));
      return (
        ranges.reduceRight<SelectionRange | undefined>(
          (parent, range) => ({ range: toRange(document, range), parent }),
          undefined,
        ) ?? { range: { start: positionOf(position), end: positionOf(position) } }
      );
    }),
  );

  registerColours(onDocument, session);

  onDocument('textDocument/inlayHint', ({ uri, document, params }) => {
    const analysis = session.analyze(uri);
    return (
      analysis &&
      inlays(analysis, toOrigin(document, rangeOf(params.range)), session.settings().inlayHints).map(
        (hint): InlayHint => ({
          position: document.positionAt(hint.offset),
          label: hint.text,
          ...(hint.kind === 'type' ? { kind: InlayHintKind.Type } : {}),
          ...(hint.tooltip === undefined ? {} : { tooltip: { kind: 'markdown', value: hint.tooltip } }),
        }),
      )
    );
  });
  onDocument('textDocument/codeLens', ({ uri, document }) => {
    const analysis = session.settings().codeLens ? session.analyze(uri) : undefined;
    return (analysis ? lenses(analysis) : []).flatMap((lens): CodeLens[] => {
      const range = toRange(document, lens.range);
      const facts: CodeLens = { range, command: { title: lens.title, command: '' } };
      const show: CodeLens = {
        range,
        command: {
          title: 'Show projections',
          command: 'chor.showProjections',
          arguments: [session.toClient(uri), lens.name],
        },
      };
      const run: CodeLens = { range, command: showRunCommand(session, uri, lens.name, 'Show the run') };
      const again: CodeLens = { range, command: { title: 'Explore again', command: exploreAgainCommand } };
      if (lens.subject === 'choreography') return [facts, show];
      if (lens.unfinished && client().workspace?.executeCommand) return [facts, again];
      return lens.refuted && canShowRuns(client()) ? [facts, run] : [facts];
    });
  });
  onDocument('textDocument/documentLink', ({ uri, document }) =>
    links(session.workspace(), uri).map((link) => ({
      range: toRange(document, link.range),
      target: session.toClient(link.uri),
    })),
  );

  registerCalls(onPosition, on, session);
}

function registerColours(onDocument: Requests['onDocument'], session: Session): void {
  const builders = new Map<string, SemanticTokensBuilder>();
  session.onClosed((uri) => builders.delete(uri));
  const push = (builder: SemanticTokensBuilder, uri: string, document: TextDocument, within?: TextRange): void => {
    const analysis = session.analyze(uri);
    for (const token of analysis ? colouredTokens(analysis, within) : []) {
      const { line, character } = document.positionAt(token.origin.start);
      const modifiers = token.modifiers.reduce(
        (bits, m) => bits | (1 << (tokenModifiers as readonly string[]).indexOf(m)),
        0,
      );
      builder.push(line, character, token.origin.end - token.origin.start, tokenTypes.indexOf(token.type), modifiers);
    }
  };
  onDocument('textDocument/semanticTokens/full', ({ uri, document }): SemanticTokens => {
    const builder = new SemanticTokensBuilder();
    builders.set(uri, builder);
    push(builder, uri, document);
    return builder.build();
  });
  onDocument(
    'textDocument/semanticTokens/full/delta',
    ({ uri, document, params }): SemanticTokens | SemanticTokensDelta => {
      const builder = builders.get(uri) ?? new SemanticTokensBuilder();
      builders.set(uri, builder);
      builder.previousResult(typeof params.previousResultId === 'string' ? params.previousResultId : '');
      push(builder, uri, document);
      return builder.buildEdits();
    },
  );
  onDocument('textDocument/semanticTokens/range', ({ uri, document, params }): SemanticTokens => {
    const builder = new SemanticTokensBuilder();
    push(builder, uri, document, toOrigin(document, rangeOf(params.range)));
    return builder.build();
  });
}

function registerCalls(onPosition: Requests['onPosition'], on: Requests['on'], session: Session): void {
  const toItem = (item: CallItem): CallHierarchyItem[] => {
    const document = session.document(item.uri);
    return document
      ? [
          {
            name: item.name,
            kind: symbolKind(item.kind),
            uri: session.toClient(item.uri),
            range: toRange(document, item.range),
            selectionRange: toRange(document, item.selection),
          },
        ]
      : [];
  };
  const itemIn = (params: Record<string, unknown>): CallItem | undefined => {
    const item = objectOf(params.item);
    const uri = session.inside(textOf(item.uri));
    const document = session.document(uri);
    return document && itemOf(session.workspace(), uri, toOrigin(document, rangeOf(item.selectionRange)));
  };
  onPosition('textDocument/prepareCallHierarchy', ({ uri, offset }) => {
    const item = callItem(session.workspace(), uri, offset);
    return item && toItem(item);
  });
  on('callHierarchy/incomingCalls', (params) => {
    const item = itemIn(params);
    return (
      item &&
      incomingCalls(session.workspace(), item).flatMap((call) =>
        toItem(call.item).map((from) => ({ from, fromRanges: rangesIn(call.item.uri, call.ranges) })),
      )
    );
  });
  on('callHierarchy/outgoingCalls', (params) => {
    const item = itemIn(params);
    return (
      item &&
      outgoingCalls(session.workspace(), item).flatMap((call) =>
        toItem(call.item).map((to) => ({ to, fromRanges: rangesIn(item.uri, call.ranges) })),
      )
    );
  });
  const rangesIn = (uri: string, origins: readonly TextRange[]): unknown => {
    const document = session.document(uri);
    return document ? origins.map((origin) => toRange(document, origin)) : [];
  };
}

function symbolKind(kind: ChorKind): SymbolKind {
  switch (kind) {
    case 'choreography':
      return SymbolKind.Class;
    case 'network':
      return SymbolKind.Module;
    case 'record':
      return SymbolKind.Struct;
    case 'enum':
      return SymbolKind.Enum;
    case 'enum-case':
      return SymbolKind.EnumMember;
    case 'type':
      return SymbolKind.TypeParameter;
    case 'function':
    case 'builtin':
      return SymbolKind.Function;
    case 'field':
      return SymbolKind.Field;
    case 'role':
    case 'process':
      return SymbolKind.Object;
    case 'variable':
    case 'input':
    case 'parameter':
    case 'local':
    case 'size':
    case 'index':
      return SymbolKind.Variable;
    case 'constant':
      return SymbolKind.Constant;
    case 'recursion':
      return SymbolKind.Event;
    case 'label':
      return SymbolKind.Key;
  }
}
