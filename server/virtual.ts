// Projections as read-only documents: `chor-projection:<folder>/<name>.chor?source=…&choreography=…&role=…`, for any
// client that can show a text document that a server provides.
import type { ClientCapabilities, Connection } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { projectionFile, whyNone } from '../language/projection/file.js';
import { textOf } from './params.js';
import { refused } from './requests.js';
import type { Requests } from './requests.js';
import type { Session } from './session.js';
import { projectionScheme } from './uris.js';
import { lineNumber } from '../language/text/lines.js';

interface Address {
  readonly source: string;
  readonly choreography: string;
  readonly role?: string;
}

export interface VirtualDocuments {
  /** Tells the client of documents that it has and that are not the same any more. */
  refresh(): void;
}

/** The most documents that are kept up to date; those asked for longest ago are let go. */
const mostKept = 50;

/** Answers `workspace/textDocumentContent`. */
export function registerVirtualDocuments(
  connection: Connection,
  { on }: Requests,
  session: Session,
  client: () => ClientCapabilities,
): VirtualDocuments {
  /** What was answered last, and the last text that was of a source that parses. */
  const kept = new Map<string, { readonly sent: string; readonly good?: string }>();

  /** The text of a document now; undefined where there is, and was, none. */
  const textNow = (uri: string): { text: string; good?: string } | undefined => {
    const { source, choreography, role } = addressOf(session, uri);
    const last = kept.get(uri)?.good;
    const analysis = session.analyze(source);
    const declaration = analysis?.file.declarations.find(
      (d) => d.kind === 'choreography' && d.name.text === choreography,
    );
    const file = declaration && projectionFile(session.workspace(), source, choreography, { role });
    if (file && !declaration.broken) return { text: file.text, good: file.text };
    const error = analysis?.file.syntaxErrors[0];
    const text = last ?? file?.text;
    if (text === undefined) return undefined;
    const why =
      error && analysis
        ? `line ${lineNumber(analysis.file.text, error.origin.start)}: ${error.message}`
        : `there is no choreography ${choreography} any more.`;
    return {
      text: `// ${last === undefined ? 'Of a text with errors' : 'Of an older text'}: ${why}\n${text}`,
      good: last,
    };
  };

  on('workspace/textDocumentContent', (params) => {
    const uri = textOf(params.uri);
    const { choreography, role } = addressOf(session, uri);
    const now = textNow(uri);
    if (!now) {
      const declaration = session
        .analyze(addressOf(session, uri).source)
        ?.file.declarations.find((d) => d.kind === 'choreography' && d.name.text === choreography);
      const why = declaration?.kind === 'choreography' ? whyNone(declaration) : undefined;
      if (why !== undefined) return refused(`${why}.`);
    }
    if (!now)
      return refused(
        `There is no choreography ${choreography}${role === undefined ? '' : ` with a role ${role}`} to project.`,
      );
    kept.delete(uri);
    kept.set(uri, { sent: now.text, good: now.good });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
    return { text: now.text };
  });

  return {
    refresh() {
      if (!client().workspace?.textDocumentContent) return;
      for (const [uri, { sent }] of kept) {
        const now = textNow(uri);
        if (!now || now.text === sent) continue;
        kept.set(uri, { sent: now.text, good: now.good });
        void connection.sendRequest('workspace/textDocumentContent/refresh', { uri }).catch(() => undefined);
      }
    },
  };
}

function addressOf(session: Session, uri: string): Address {
  const parsed = URI.parse(uri);
  const query = new URLSearchParams(parsed.query);
  const source = query.get('source');
  const choreography = query.get('choreography');
  if (parsed.scheme !== projectionScheme || source === null || choreography === null) {
    throw refused(
      `\`${uri}\` is no address of a projection: it is \`${projectionScheme}:/folder/Name.chor?source=file:///folder/file.chor&choreography=Name&role=Role\`.`,
    );
  }
  return { source: session.inside(source), choreography, role: query.get('role') ?? undefined };
}
