// Texts with a cursor: `<|>` marks where it is.
import { Workspace } from '../../language/workspace.js';

export const mainUri = 'file:///test/main.chor';

export interface Marked {
  readonly workspace: Workspace;
  readonly uri: string;
  readonly text: string;
  readonly offset: number;
}

/**
 * A workspace with one file that has a cursor, and others around it.
 * @param source the text with `<|>`
 * @param others texts by file name, beside it
 */
export function marked(source: string, others: Readonly<Record<string, string>> = {}): Marked {
  const offset = source.indexOf('<|>');
  if (offset === -1) throw new Error('There is no <|> in the text.');
  const text = source.slice(0, offset) + source.slice(offset + 3);
  const workspace = new Workspace();
  for (const [name, other] of Object.entries(others)) workspace.set(`file:///test/${name}`, other);
  workspace.set(mainUri, text);
  return { workspace, uri: mainUri, text, offset };
}
