// What of the editor is left out of the playground's bundles: parts that its own modules import and that a text in Chor
// has no use for. Whoever updates the editor is told where a part is not there any more.
import { readFileSync } from 'node:fs';
import { sep } from 'node:path';

const nothing = (...names) => names.map((name) => `export class ${name} {}`).join('\n');
const none = (...names) => names.map((name) => `export const ${name} = () => undefined;`).join('\n');

/** By the modules, below `vs/`, what stands in their places: what others import of them, and never come to. */
export const stubs = {
  // Two texts beside each other, and many of them.
  'editor/browser/widget/diffEditor/diffEditorWidget.js': nothing('DiffEditorWidget'),
  'editor/browser/widget/multiDiffEditor/multiDiffEditorWidget.js': nothing('MultiDiffEditorWidget'),
  'editor/common/diff/linesDiffComputers.js': 'export const linesDiffComputers = {};',
  // The text made small: it is switched off, and the part of the view is there all the same.
  'editor/browser/viewParts/minimap/minimap.js': `import { createFastDomNode } from '../../../../base/browser/fastDomNode.js';
import { ViewPart } from '../../view/viewPart.js';
export class Minimap extends ViewPart {
  constructor(context) {
    super(context);
    this.domNode = createFastDomNode(document.createElement('div'));
  }
  getDomNode() {
    return this.domNode;
  }
  prepareRender() {}
  render() {}
}`,
  'editor/common/services/findSectionHeaders.js': none('findSectionHeaders'),
  // Drawing by the graphics processor.
  'editor/browser/gpu/viewGpuContext.js': nothing('ViewGpuContext'),
  'editor/browser/viewParts/viewLinesGpu/viewLinesGpu.js': nothing('ViewLinesGpu'),
  'editor/browser/viewParts/rulersGpu/rulersGpu.js': nothing('RulersGpu'),
  // Other ways to give words their colours.
  'editor/common/model/tokens/treeSitter/treeSitterSyntaxTokenBackend.js': nothing('TreeSitterSyntaxTokenBackend'),
  'editor/standalone/common/monarch/monarchCompile.js': none('compile'),
  'editor/standalone/common/monarch/monarchLexer.js': nothing('MonarchTokenizer'),
  // Colours as values.
  'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPicker.js': none('isOnColorDecorator'),
  'editor/contrib/colorPicker/browser/hoverColorPicker/hoverColorPickerParticipant.js': nothing(
    'ColorHover',
    'HoverColorPickerParticipant',
  ),
  'editor/common/languages/defaultDocumentColorsComputer.js': 'export const computeDefaultDocumentColors = () => [];',
  // Pasting something else than text.
  'editor/contrib/dropOrPasteInto/browser/copyPasteController.js':
    'export class CopyPasteController { static get() { return null; } }',
  // Suggestions in the midst of a line.
  'editor/contrib/inlineCompletions/browser/hintsWidget/inlineCompletionsHintsWidget.js': nothing(
    'InlineSuggestionHintsContentWidget',
  ),
  // Letters that look alike: the checker has its own words for them.
  'editor/common/services/unicodeTextModelHighlighter.js': nothing('UnicodeTextModelHighlighter'),
  'base/browser/ui/table/tableWidget.js': nothing('Table'),
};

/** The table of letters that look alike; of the rest of that module most is needed. */
const confusables = {
  module: 'base/common/strings.js',
  data: /(ambiguousCharacterData = new Lazy\(\(\) => \{(?:\s*\/\/.*)*\s*return JSON\.parse\(')[^']*'/,
};

const library = 'base/common/codiconsLibrary.js';
const icon = /^ {4}(\w+): register\('([\w-]+)', (0x[0-9a-f]+)\),?$/gm;

/**
 * Leaves them out, in a build with esbuild.
 * @param {ReadonlySet<string>} [icons] the icons that stay, as `iconsUsed` finds them; all, where nothing is said
 */
export function withoutUnused(icons) {
  return {
    name: 'without-unused',
    setup({ onLoad }) {
      onLoad({ filter: /monaco-editor[/\\]esm[/\\]vs[/\\].*\.js$/ }, ({ path }) => {
        const own = moduleOf(path);
        if (own in stubs) return { contents: stubs[own] };
        if (own === confusables.module) {
          const text = readFileSync(path, 'utf8');
          if (!confusables.data.test(text)) throw new Error(`${own} has its table elsewhere.`);
          return { contents: text.replace(confusables.data, `$1{"_common":[],"_default":[]}'`) };
        }
        if (own === library && icons)
          return {
            contents: readFileSync(path, 'utf8').replace(icon, (line, _, id) => (icons.has(id) ? line : '')),
          };
        return undefined;
      });
    },
  };
}

/**
 * Which of the parts that are left out a bundle never asked for.
 * @param {readonly import('esbuild').Metafile[]} metafiles of all bundles with the editor
 */
export function notMet(metafiles) {
  const met = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).map(moduleOf));
  return Object.keys(stubs).filter((path) => !met.has(path));
}

/**
 * The icons that a bundle may show, as far as its modules name them: by their names as properties, as ids, or as
 * classes.
 * @param {import('esbuild').Metafile} metafile
 * @returns {{ ids: Set<string>, letters: Set<number> }} their ids, and the letters of the font that draw them
 */
export function iconsUsed({ inputs, outputs }) {
  const used = new Set(Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const paths = Object.keys(inputs).filter((path) => used.has(path) && /\.(js|css|ts)$/.test(path));
  const text = paths
    .filter((path) => moduleOf(path) !== library)
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
  const named = new Set([...text.matchAll(/\bCodicon\.(\w+)/g)].map(([, name]) => name));
  const quoted = new Set(
    [...text.matchAll(/['"`]([a-z][\w-]*)['"`]|codicon-([\w-]+)|\$\(([\w-]+)[~)]/g)].map(([, a, b, c]) => a ?? b ?? c),
  );
  const ids = new Set();
  const letters = new Set();
  const from = paths.find((path) => moduleOf(path) === library);
  for (const [, name, id, letter] of from ? readFileSync(from, 'utf8').matchAll(icon) : [])
    if (named.has(name) || quoted.has(id)) {
      ids.add(id);
      letters.add(Number(letter));
    }
  // Those that derive from others, and some that have letters of their own.
  for (const [, letter] of text.matchAll(/register\('[\w-]+', (0x[0-9a-f]+)\)/g)) letters.add(Number(letter));
  return { ids, letters };
}

function moduleOf(path) {
  return path
    .split(sep)
    .join('/')
    .replace(/^.*monaco-editor\/esm\/vs\//, '');
}
