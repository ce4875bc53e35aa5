import * as fs from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyNetwork, channels, mistaken, networkText, together, withServers } from '../generators/networks.js';
import { check, networkOf, read } from './helpers.js';
import { slowly } from './slow.js';
import { holds } from '../property.js';
const runs = Number(process.env['CHOR_RUNS'] ?? 200);
function agree(text: string): string {
  fs.writeFileSync('/tmp/q/last.chor', text);
  const { file } = read(text);
  const slow = slowly(networkOf(file, 'N'), 3, 800);
  const { verdict } = check(text, { name: 'N' });
  const hopeless = slow.starving.size > 0 || slow.unreceived;
  if (verdict.verdict === 'proved') expect(slow.bad).toBe(false);
  if (slow.bad) expect(verdict.verdict).toBe('refuted');
  if (verdict.verdict === 'refuted' && !slow.cut) expect(slow.bad || hopeless).toBe(true);
  return verdict.verdict;
}
describe('q', { timeout: 600000 }, () => {
  it('any', async () => { const c: Record<string, number> = {}; await holds([anyNetwork({ quorums: true })], (t) => { const v = agree(t); c[v] = (c[v] ?? 0) + 1; }, { numRuns: runs }); console.log(c); });
  it('mist', async () => { const c: Record<string, number> = {}; await holds([channels, mistaken({ quorums: true })], (k, b) => { const v = agree(networkText(k, b)); c[v] = (c[v] ?? 0) + 1; }, { numRuns: runs }); console.log(c); });
  it('together', async () => { const c: Record<string, number> = {}; await holds([channels, together({ quorums: true })], (k, b) => { const v = agree(networkText(k, b)); c[v] = (c[v] ?? 0) + 1; }, { numRuns: runs }); console.log(c); });
});
