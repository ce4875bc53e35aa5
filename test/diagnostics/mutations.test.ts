// How often the fixes of an error give back what was there before a mistake, and how often as the first: measured on textbook
// protocols with one mistake each. CHOR_MUTATIONS=all takes all mistakes, and prints the table; else a sample of each kind.
import { describe, expect, it } from 'vitest';
import { choreographyPrograms, designedPrograms, networkPrograms } from './programs.js';
import { measure, table } from './measure.js';
import type { Row } from './measure.js';

const all = process.env['CHOR_MUTATIONS'] === 'all';
const only = process.env['CHOR_KIND'];

function run(programs: readonly { readonly name: string; readonly text: string }[], of: 'choreography' | 'network', group: string): Row[] {
  const rows = measure(programs, of, all ? undefined : Number(process.env['CHOR_SAMPLE'] ?? 4), only);
  if (all || process.env['CHOR_SAMPLE']) console.log(`${group}\n${table(rows)}`);
  return rows;
}

describe('the mistake is taken back', { timeout: 3_600_000 }, () => {
  it('in choreographies', () => {
    const rows = run(choreographyPrograms(), 'choreography', 'Choreographies');
    expect(rows.length).toBeGreaterThan(0);
  });
  it('in networks', () => {
    const rows = run(networkPrograms(), 'network', 'Networks');
    expect(rows.length).toBeGreaterThan(0);
  });
  it('in networks that implement a choreography', () => {
    const rows = run(designedPrograms(), 'network', 'Networks that implement a choreography');
    expect(rows.length).toBeGreaterThan(0);
  });
});
