// How often the fixes of an error give back what was there before a mistake, and how often as the first: measured on
// textbook protocols with one mistake each. CHOR_MUTATIONS=all takes all mistakes, CHOR_MUTATIONS=8 eight of each kind,
// and both print the table; CHOR_KIND, a regular expression, takes some kinds only, and CHOR_SHOW=1 tells what was
// missed. Without them, two mistakes of each kind.
import { describe, expect, it } from 'vitest';
import { measure, table } from './measure.js';
import type { Row } from './measure.js';
import { choreographyPrograms, designedPrograms, networkPrograms } from './programs.js';
import type { Program } from './programs.js';

const wanted = process.env['CHOR_MUTATIONS'];
const most = wanted === 'all' ? undefined : Number(wanted ?? 2);
// What does not read is put right in the same way in networks.
const kinds = process.env['CHOR_KIND'] ?? (wanted === undefined ? '^(?!network: syntax)' : undefined);

/** Of a hundred: how many originals are to be offered, and how many as the first. */
const goal = { offered: 95, first: 80 };

/** Kinds for which the goal is not reached: what is, and why no more. */
const reached: Readonly<Record<string, { readonly offered: number; readonly first: number }>> = {
  // That another role does it, which holds what is wanted, is as likely, and costs no message.
  'choreography: message dropped': { offered: 95, first: 75 },
  // An input, a message or a call of the host may have given it: nothing in the text tells which.
  'choreography: assignment dropped': { offered: 90, first: 75 },
  'choreography: input dropped': { offered: 90, first: 70 },
  'network: input dropped': { offered: 85, first: 75 },
  'network: assignment dropped': { offered: 90, first: 75 },
  // One message in the other branch comes before two in both; and a part of a family may be told in two ways.
  'choreography: receiver of an arrow list dropped': { offered: 90, first: 75 },
  // What was in the case may be needed further on.
  'choreography: branch dropped': { offered: 90, first: 80 },
  'choreography: argument dropped': { offered: 85, first: 75 },
  // Of two spellings that both stand once, either may be the slip.
  'network: variable misspelt where it is set': { offered: 90, first: 80 },
  'choreography: syntax: role of a value missing': { offered: 90, first: 80 },
  // Nested decisions inside of what is dropped.
  'network: branching receive dropped': { offered: 85, first: 80 },
  'network: else dropped': { offered: 90, first: 80 },
};

async function run(programs: readonly Program[], of: 'choreography' | 'network', group: string): Promise<void> {
  const rows = await measure(programs, of, most, kinds);
  if (wanted !== undefined) console.log(`${group}\n${table(rows)}`);
  expect(rows.length).toBeGreaterThan(0);
  const share = (of: (row: Row) => number, among: readonly Row[]): number =>
    (100 * among.reduce((sum, row) => sum + of(row), 0)) / among.reduce((sum, row) => sum + row.cases, 0);
  // A few of a kind say little of it, but all of them together.
  expect(share((row) => row.offered, rows)).toBeGreaterThanOrEqual(wanted === undefined ? 90 : 94);
  expect(share((row) => row.first, rows)).toBeGreaterThanOrEqual(wanted === undefined ? 75 : 80);
  if (wanted === undefined) return;
  for (const row of rows) {
    const { offered, first } = reached[row.kind] ?? goal;
    const slack = 100 / row.cases;
    expect(
      share((r) => r.offered, [row]),
      `${row.kind}: offered`,
    ).toBeGreaterThanOrEqual(offered - slack);
    expect(
      share((r) => r.first, [row]),
      `${row.kind}: first`,
    ).toBeGreaterThanOrEqual(first - slack);
  }
}

describe('the mistake is taken back', { timeout: 3_600_000 }, () => {
  it('in choreographies', async () => {
    await run(choreographyPrograms(), 'choreography', 'Choreographies');
  });
  it('in networks', async () => {
    await run(networkPrograms(), 'network', 'Networks');
  });
  it('in networks that implement a choreography', async () => {
    await run(designedPrograms(), 'network', 'Networks that implement a choreography');
  });
});
