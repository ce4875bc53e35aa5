// Constants of another type than the one that is needed: `"1"` for `1`, `7` for a string, a case misspelt.
import type { Choreography } from '../../ir/choreography.js';
import type { Expr } from '../../ir/expression.js';
import { walkExpr } from '../../ir/expression.js';
import type { Network } from '../../ir/process.js';
import { expressionsOf, walkActions } from '../../ir/process.js';
import { writeName } from '../../syntax/names.js';
import { escapeString } from '../../syntax/strings.js';
import type { Finding } from '../../findings/finding.js';
import type { Fix, FixContext } from '../../edits/fix.js';
import { readingsOf } from '../../ir/readings.js';

const codes = new Set(['type-mismatch', 'payload-mismatch', 'not-conformant', 'unknown-variable', 'label-mismatch']);

/** The candidates for an error of types: the constants of the declaration, each as one of another type. */
export function literalMends(finding: Finding, around: Choreography | Network, { uri, workspace }: FixContext): Fix[] {
  if (!codes.has(finding.code)) return [];
  const exprs: Expr[] =
    around.kind === 'choreography'
      ? readingsOf(around).map((r) => r.value)
      : around.processes.flatMap((p) => {
          const found: Expr[] = p.returns ? [p.returns] : [];
          walkActions(p.body.actions, (a) => found.push(...expressionsOf(a)));
          return found;
        });
  const cases = (workspace.file(uri)?.declarations ?? []).flatMap((d) =>
    d.kind === 'enum' ? d.cases.filter((c) => c.fields.length === 0).map((c) => c.name.text) : [],
  );
  const fixes: Fix[] = [];
  const offer = (expr: Expr, newText: string, doubt: number): void => {
    const { start, end } = expr.origin;
    const near = finding.origin.start <= end && start <= finding.origin.end;
    fixes.push({
      title: `Write \`${newText}\``,
      edits: [{ uri, start, end, newText }],
      preferred: doubt < 2,
      cost: { doubt: 2 + doubt + (near ? 0 : 1) },
    });
  };
  for (const expr of exprs) {
    walkExpr(expr, (e) => {
      if (e.kind === 'string') {
        if (/^-?\d+(\.\d+)?$/.test(e.value)) offer(e, e.value, 0);
        if (/^(true|false|none)$/.test(e.value)) offer(e, e.value, 0);
        else if (cases.includes(e.value)) offer(e, writeName(e.value), 0);
        else
          for (const [i, other] of ['0', 'false', 'none', ...cases.map(writeName)].entries())
            offer(e, other, 3 + i / 10);
      }
      if (e.kind === 'int' || e.kind === 'float' || e.kind === 'bool') {
        const written = e.kind === 'bool' ? String(e.value) : e.text;
        offer(e, escapeString(written), 1);
        for (const [i, other] of ['""', 'false', 'none', '[]', '0', ...cases.map(writeName)].entries())
          if (other !== written) offer(e, other, 3 + i / 10);
      }
      if (e.kind === 'none') for (const [i, other] of ['""', '0', 'false'].entries()) offer(e, other, 3 + i / 10);
      // A name that is none of the values: the absent one has many names.
      if (e.kind === 'name' && /^(nothing|null|nil|undefined|empty|absent)$/i.test(e.name.text)) offer(e, 'none', 0);
    });
  }
  return fixes;
}
