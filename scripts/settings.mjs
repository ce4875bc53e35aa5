// Writes what package.json says of the diagnostics' severities from the rules, so that settings are completed and described.
// Part of `npm run generate`.
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { outputFiles } = await build({
  bundle: true, write: false, format: 'esm', platform: 'neutral', mainFields: ['module', 'main'], logLevel: 'error',
  stdin: { contents: "export { rules } from './language/rules/index.js';", resolveDir: process.cwd() },
});
const { rules } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const setting = manifest.contributes.configuration.properties['chor.diagnostics.severity'];
setting.properties = Object.fromEntries([...rules].sort((a, b) => (a.code < b.code ? -1 : 1)).map(({ code, severity, summary }) => [code, {
  type: 'string', enum: ['error', 'warning', 'information', 'hint', 'off'], default: severity, markdownDescription: summary,
}]));
const text = `${JSON.stringify(manifest, null, 2)}\n`;
if (text !== readFileSync('package.json', 'utf8')) writeFileSync('package.json', text);
