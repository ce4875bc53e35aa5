// A result that is promised and not returned: what its role has of that type.
import type { Choreography } from '../../ir/choreography.js';
import type { Network } from '../../ir/process.js';
import { writeName } from '../../syntax/names.js';
import type { Finding } from '../../findings/finding.js';
import { printType } from '../../syntax/print.js';
import { plainOf, sample } from './values.js';
import { indentAt, lineStart } from '../../edits/text.js';
import type { Edit, Fix, FixContext } from '../../edits/fix.js';

/** The candidates for a body without the `return` that its header promises. */
export function returnMends(
  { code, args, origin }: Finding,
  around: Choreography | Network,
  context: FixContext,
): Fix[] {
  if (code !== 'type-mismatch' || args.kind !== 'never-returned') return [];
  const { uri, text, workspace } = context;
  const { role, type } = args;
  const analysis = workspace.analyze(uri);
  const process =
    around.kind === 'network'
      ? around.processes.find((p) => p.origin.start <= origin.start && origin.end <= p.origin.end)
      : undefined;
  const body = around.kind === 'choreography' ? around.body : process?.body;
  if (!analysis || !body) return [];
  const reads = (name: string): boolean =>
    analysis.occurrences.some(
      ({ symbol, role: as }) =>
        as === 'read' && symbol.name === name && symbol.role === role && symbol.container === around.name.text,
    );
  const all = analysis.names.variables.get(around.name.text)?.get(role) ?? [];
  const fitting = all.filter((v) => v.type === undefined || v.type.text === type || v.type.meaning === type);
  const returned = around.kind === 'choreography' ? around.returns.at(-1) : undefined;
  // Each role that promises one has to return it.
  const others =
    around.kind === 'choreography' && !returned
      ? around.results.flatMap((result) => {
          const other = result.role.name.text;
          if (other === role) return [];
          const wanted = printType(result.type);
          const own = analysis.names.variables
            .get(around.name.text)
            ?.get(other)
            ?.findLast((v) => v.type === undefined || v.type.text === wanted || v.type.meaning === wanted);
          const text = own ? writeName(own.name) : (sample(result.type, analysis.scope) ?? '0');
          return [{ before: around.results.indexOf(result), text: `${writeName(other)}.${text}` }];
        })
      : [];
  const at = around.kind === 'choreography' ? around.results.findIndex((result) => result.role.name.text === role) : 0;
  const plain = plainOf(type, analysis.scope);
  const values = [
    ...fitting.map(({ name, kind }, i) => ({
      text: writeName(name),
      // What came last is the likeliest, and what nobody reads; what was there from the start is the least.
      doubt: 1 + (reads(name) ? 1 : 0) + (kind === 'input' ? 1 : 0) + (fitting.length - i) / 20,
    })),
    ...(plain === undefined ? [] : [{ text: plain, doubt: 4 }]),
  ];
  return values.map(({ text: own, doubt }): Fix => {
    const all = [...others, { before: at, text: around.kind === 'choreography' ? `${writeName(role)}.${own}` : own }];
    const value = all
      .sort((a, b) => a.before - b.before)
      .map((each) => each.text)
      .join(', ');
    return {
      title: returned ? `Return \`${value}\` as well` : `Add \`return ${value}\``,
      edits: [
        returned
          ? { uri, start: returned.value.origin.end, end: returned.value.origin.end, newText: `, ${value}` }
          : atEnd(uri, text, body.origin.end - 1, `return ${value}`),
      ],
      preferred: doubt < 2,
      cost: { doubt },
    };
  });
}

/** A line before a closing brace. */
function atEnd(uri: string, text: string, brace: number, line: string): Edit {
  const start = lineStart(text, brace);
  return text.slice(start, brace).trim() === ''
    ? { uri, start, end: start, newText: `${indentAt(text, brace)}  ${line}\n` }
    : { uri, start: brace, end: brace, newText: `${line} ` };
}
