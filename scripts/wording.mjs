// Collects the texts that the extension's own code and its views show, for translators: l10n/bundle.l10n.json, from which VS Code's
// `l10n.t` takes a translation where there is one for the user's language. Part of `npm run generate`; with `--print`
// it writes no file.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

const path = 'l10n/bundle.l10n.json';
/** The extension, its views, and what of the diagrams is said in words. */
const folders = ['client', 'client/view', 'language/diagram'];
const messages = folders
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts'))
      .sort()
      .map((name) => `${folder}/${name}`),
  )
  .flatMap(textsIn);
const text = `${JSON.stringify(Object.fromEntries(messages.map((message) => [message, message])), null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else if (!existsSync(path) || text !== readFileSync(path, 'utf8')) {
  mkdirSync('l10n', { recursive: true });
  writeFileSync(path, text);
}

/**
 * The first arguments of all calls of `t` and `vscode.l10n.t`.
 * @throws where one is no plain text: it could not be looked up
 */
function textsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isCallExpression(node) && ['t', 'vscode.l10n.t'].includes(node.expression.getText(source))) {
      const [message] = node.arguments;
      if (!message || !ts.isStringLiteralLike(message)) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
        throw new Error(
          `${file}:${line + 1}: what is to be translated has to be a plain text, with {0} for what differs.`,
        );
      }
      found.push(message.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
