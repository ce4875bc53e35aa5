// Which packages may not get into a bundle, and who brings one in.

/** What makes and checks the parser when it is generated. */
export const generatorPackages = ['langium', 'chevrotain', 'chevrotain-allstar', '@chevrotain/'];

/** What speaks with an editor. */
export const editorPackages = ['vscode'];

/**
 * Checks what is in a bundle.
 * @param metafile what esbuild says of it
 * @param name the bundle, for the error
 * @param forbidden names of packages, or what their names begin with, up to a `-` or `/`
 * @throws where one of them is in it, with the imports that lead there
 */
export function checkBundle({ inputs, outputs }, name, forbidden) {
  for (const { inputs: used, entryPoint } of Object.values(outputs)) {
    const found = Object.keys(used).map((file) => ({ file, own: packageOf(file) }))
      .find(({ own }) => own !== undefined && forbidden.some((each) => own === each || own.startsWith(/[/-]$/.test(each) ? each : `${each}-`)));
    if (found) throw new Error(`The bundle ${name} must not have the package ${found.own} in it: ${wayTo(inputs, entryPoint, found.file).join(' → ')}.`);
  }
}

/** The package that a file belongs to. */
function packageOf(file) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1];
}

/** The imports that lead from one file to another, the shortest way. */
function wayTo(inputs, from, to) {
  const before = new Map([[from, undefined]]);
  for (const file of before.keys()) for (const { path } of inputs[file]?.imports ?? []) if (!before.has(path)) before.set(path, file);
  const way = [to];
  for (let file = before.get(to); file !== undefined; file = before.get(file)) way.unshift(file);
  return way;
}
