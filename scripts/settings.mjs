// Writes what package.json says of the diagnostics' severities from the rules, so that settings are completed and
// described; the descriptions themselves stand in package.nls.json, as all texts of package.json that VS Code shows.
// Part of `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { outputFiles } = await build({
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'neutral',
  mainFields: ['module', 'main'],
  logLevel: 'error',
  stdin: { contents: "export { rules } from './language/rules/index.js';", resolveDir: process.cwd() },
});
const { rules } = await import(
  `data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`
);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const setting = manifest.contributes.configuration.properties['chor.diagnostics.severity'];
const sorted = [...rules].sort((a, b) => (a.code < b.code ? -1 : 1));
setting.properties = Object.fromEntries(
  sorted.map(({ code, severity }) => [
    code,
    {
      type: 'string',
      enum: ['error', 'warning', 'information', 'hint', 'off'],
      default: severity,
      markdownDescription: `%severity.${code}%`,
    },
  ]),
);
write('package.json', manifest);

const texts = JSON.parse(readFileSync('package.nls.json', 'utf8'));
write('package.nls.json', {
  ...Object.fromEntries(Object.entries(texts).filter(([key]) => !key.startsWith('severity.'))),
  ...Object.fromEntries(sorted.map(({ code, summary }) => [`severity.${code}`, summary])),
});

function write(path, data) {
  const text = `${JSON.stringify(data, null, 2)}\n`;
  if (text !== readFileSync(path, 'utf8')) writeFileSync(path, text);
}
