// What we write as Mermaid, read and drawn by Mermaid itself in a real browser: whatever stands in it.
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rules } from '../../language/rules/index.js';
import { mermaidOf } from '../../language/features/run-mermaid.js';
import { endTitle, runsOf } from '../../language/features/run.js';
import { mermaidSequence, mermaidStates } from '../../language/diagram/mermaid.js';
import { flat } from '../../language/diagram/shown.js';
import { Workspace } from '../../language/workspace.js';
import { drawingOf, statesDrawn } from '../diagram/helpers.js';
import { awkward as awkwardChoreography } from '../diagram/awkward.js';
import { programs } from '../generators/choreographies.js';
import { runs, words } from '../generators/runs.js';
import type { Run } from '../../language/findings/run.js';

const seed =
  process.env['CHOR_SEED'] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(process.env['CHOR_SEED']);
const numRuns = Number(process.env['CHOR_RUNS'] ?? 100);
const versions = JSON.parse(process.env['CHOR_MERMAID'] ?? '{}') as Record<string, string>;

let browser: Browser;
beforeAll(async () => {
  const executablePath = process.env['CHOR_CHROMIUM'];
  if (executablePath === undefined || Object.keys(versions).length === 0)
    throw new Error('CHOR_CHROMIUM and CHOR_MERMAID are not set: run the end-to-end tests by `npm run e2e`.');
  browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
}, 60_000);
afterAll(async () => {
  await browser?.close();
});

/** What is seen of a text, however it is spaced. */
const seen = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** The texts of a picture, and what a screen reader says of it. */
interface Drawn {
  readonly texts: readonly string[];
  readonly title: string;
  readonly loops: number;
}

/** Run in the page: draws a diagram as pages do. It throws where Mermaid can't read it. */
const draw = (text: string): string => `(async () => {
  await mermaid.parse(${JSON.stringify(text)});
  const { svg } = await mermaid.render('run', ${JSON.stringify(text)});
  const page = new DOMParser().parseFromString(svg, 'text/html');
  return { texts: [...page.querySelectorAll('text')].map((each) => each.textContent), title: page.querySelector('title')?.textContent ?? '', loops: page.querySelectorAll('.loopText').length };
})()`;

/** What a run says, in the order of its steps. */
const saidBy = (run: Run): string[] =>
  [
    ...run.roles,
    ...run.ends.map((end) => (end.kind === 'differs' ? `${end.text}, not: ${end.expected}` : end.text)),
    endTitle(run),
    ...run.steps.flatMap((step) =>
      step.kind === 'send' ? [step.message] : step.kind === 'decide' || step.kind === 'choose' ? [step.fact] : [],
    ),
  ].map(seen);

function runsIn(text: string): { run: Run; title: string }[] {
  const workspace = new Workspace();
  workspace.set('file:///a.chor', text);
  const analysis = workspace.analyze('file:///a.chor');
  return analysis
    ? runsOf(analysis).map(({ run, finding, network }) => ({ run, title: `${network}: ${finding.code}` }))
    : [];
}

/** Names that are words of Mermaid or of Chor, or of another script, and strings that have a meaning there. */
const awkward = `network N {
  process end {
    send "a;b #1 <b>%% {x} $$y$$ \\\\n \`z\`" to ^loop: note
    größe = "it's; 100%"
    choice { send größe to ^loop: ^end } or { send größe to ^loop: ^end }
  }
  process ^loop {
    receive größe from end: note
    receive 名前 from end: ^end
    receive as from Ünï
    send as to Ünï: participant
  }
  process Ünï {
    receive x from ^loop: participant
    send "#quot;" to ^loop
  }
}
`;

describe.each(Object.keys(versions))('Mermaid %s', (version) => {
  let page: Page;
  beforeAll(async () => {
    page = await browser.newPage();
    await page.setContent('<!doctype html><title>Chor</title><body></body>');
    await page.addScriptTag({ path: versions[version] ?? '' });
    await page.evaluate('mermaid.initialize({ startOnLoad: false })');
  }, 60_000);
  afterAll(() => page.close());
  const drawn = (run: Run, title: string): Promise<Drawn> => page.evaluate<Drawn>(draw(mermaidOf(run, title)));

  test('draws the run of every code that has one', async () => {
    const all = rules.flatMap(({ bad }) => runsIn(bad));
    expect(all.length).toBeGreaterThan(5);
    for (const { run, title } of all) {
      const { texts, title: said } = await drawn(run, title);
      expect(texts.map(seen)).toEqual(expect.arrayContaining(saidBy(run)));
      expect(said).toBe(title);
    }
  }, 60_000);

  test('draws names and messages that have a meaning of their own as they are', async () => {
    const all = runsIn(awkward);
    expect(all.map(({ title, run }) => [title, run.roles])).toEqual([['N: deadlock', ['end', 'loop', 'Ünï']]]);
    for (const { run, title } of all) {
      expect((await drawn(run, title)).texts.map(seen)).toEqual(expect.arrayContaining(saidBy(run)));
    }
  });

  test(`draws any words as they are (CHOR_SEED=${seed})`, async () => {
    let loops = 0;
    await fc.assert(
      fc.asyncProperty(runs, words, async (run, word) => {
        const picture = await drawn(run, `N: ${word}`);
        loops += picture.loops;
        const missing = new Set(saidBy(run).filter((text) => text !== ''));
        for (const text of picture.texts) missing.delete(seen(text));
        expect([...missing]).toEqual([]);
      }),
      { seed, numRuns },
    );
    expect(loops).toBeGreaterThan(0);
  }, 600_000);

  const drawnText = (text: string): Promise<Drawn> => page.evaluate<Drawn>(draw(text));
  /** The texts of a sequence diagram: they stand in it as they are, however they are broken into lines. */
  const saidIn = (text: string, all: boolean): string[] => {
    const { lanes, items } = drawingOf(text, { all });
    return [
      ...lanes.map(({ role }) => role),
      ...flat(items).flatMap((item) => (item.kind === 'message' || item.kind === 'step' ? [item.text] : [])),
    ].map(seen);
  };

  test('draws a choreography and its states, whatever they are called', async () => {
    const { texts, title } = await drawnText(mermaidSequence(drawingOf(awkwardChoreography, { all: true })));
    expect(texts.map(seen)).toEqual(expect.arrayContaining(saidIn(awkwardChoreography, true)));
    expect(title).toBe('C: 5 messages, 2 rounds, each loop once');
    // Labels of states are HTML within the picture.
    const written = await page.evaluate<string>(
      `mermaid.render('states', ${JSON.stringify(mermaidStates(statesDrawn(awkwardChoreography)))}).then(({ svg }) => new DOMParser().parseFromString(svg, 'text/html').body.textContent)`,
    );
    for (const { role, transitions } of statesDrawn(awkwardChoreography).roles)
      for (const text of [role, ...transitions.map((each) => each.text)]) expect(seen(written)).toContain(seen(text));
  });

  test(`reads every choreography and its states (CHOR_SEED=${seed})`, async () => {
    await fc.assert(
      fc.asyncProperty(programs(), fc.boolean(), async ({ text }, all) => {
        for (const diagram of [mermaidSequence(drawingOf(text, { all })), mermaidStates(statesDrawn(text, 'Main'))])
          await page.evaluate(`mermaid.parse(${JSON.stringify(diagram)})`);
      }),
      { seed, numRuns },
    );
  }, 600_000);
});
