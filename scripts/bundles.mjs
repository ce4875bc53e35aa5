// Which packages may not get into a bundle, who brings one in, and the licences of those that do.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What makes and checks the parser when it is generated. */
export const generatorPackages = ['langium', 'chevrotain', 'chevrotain-allstar', '@chevrotain/'];

/** What speaks with an editor. */
export const editorPackages = ['vscode'];

/** The folders of the packages that are in the bundles that were checked. */
const bundled = new Set();

/**
 * Checks what is in a bundle.
 * @param metafile what esbuild says of it
 * @param name the bundle, for the error
 * @param forbidden names of packages, or what their names begin with, up to a `-` or `/`
 * @throws where one of them is in it, with the imports that lead there
 */
export function checkBundle({ inputs, outputs }, name, forbidden) {
  for (const { inputs: used } of Object.values(outputs))
    for (const file of Object.keys(used)) {
      const folder = /.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
      if (folder !== undefined) bundled.add(folder);
    }
  for (const { inputs: used, entryPoint } of Object.values(outputs)) {
    const found = Object.keys(used)
      .map((file) => ({ file, own: packageOf(file) }))
      .find(
        ({ own }) =>
          own !== undefined &&
          forbidden.some((each) => own === each || own.startsWith(/[/-]$/.test(each) ? each : `${each}-`)),
      );
    if (found)
      throw new Error(
        `The bundle ${name} must not have the package ${found.own} in it: ${wayTo(inputs, entryPoint, found.file).join(' → ')}.`,
      );
  }
}

/**
 * The licences of all packages in the bundles that were checked, as a text to go with them.
 * @param root where the files of the bundles are looked for
 * @throws where a package has no licence
 */
export function licences(root) {
  const packages = new Map(
    [...bundled].map((folder) => {
      const { name, version, license, homepage, repository } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      );
      const file = readdirSync(join(root, folder)).find((each) => /^licen[cs]e/i.test(each));
      if (license === undefined && file === undefined) throw new Error(`The package ${name} has no licence.`);
      // What of others is in a package itself.
      const notices = readdirSync(join(root, folder)).find((each) => /^third-?party-?notices/i.test(each));
      const source = homepage ?? (typeof repository === 'string' ? repository : repository?.url) ?? '';
      return [
        `${name} ${version}`,
        `${name} ${version} (${license ?? 'see below'})${source ? `, ${source}` : ''}\n\n${file === undefined ? '' : readFileSync(join(root, folder, file), 'utf8').trim()}${notices === undefined ? '' : `\n\n${readFileSync(join(root, folder, notices), 'utf8').trim()}`}`,
      ];
    }),
  );
  const texts = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `What of others is in the programs of this folder, unchanged but for what of them is left out, and for being made smaller. Their sources are at the addresses given.\n\n${texts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The package that a file belongs to. */
function packageOf(file) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
}

/** The imports that lead from one file to another, the shortest way. */
function wayTo(inputs, from, to) {
  const before = new Map([[from, undefined]]);
  for (const file of before.keys())
    for (const { path } of inputs[file]?.imports ?? []) if (!before.has(path)) before.set(path, file);
  const way = [to];
  for (let file = before.get(to); file !== undefined; file = before.get(file)) way.unshift(file);
  return way;
}
