// The packaged extension in a real VS Code.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openWorkbench } from './support/workbench.js';
import type { Workbench } from './support/workbench.js';

const greeting = `/** Alice greets Bob, and Bob answers. */
choreography Greeting(Alice, Bob) {
  Alice."hello" -> Bob.greeting
  Bob."hi" -> Alice.reply
}

/** The same conversation, written by hand, with a mistake: Alice waits before she speaks. */
network Broken implements Greeting {
  process Alice {
    receive reply from Bob
    send "hello" to Bob
  }
  process Bob {
    receive greeting from Alice
    send "hi" to Alice
  }
}
`;

const bookseller = `type Title = string
extern priceOf(title: Title): int
extern date(parcel: Title): string

choreography Bookseller(Buyer(title: Title, budget: int), Seller, Shipper): string@Buyer {
  Buyer.title -> Seller.wanted
  Seller.priceOf(wanted) -> Buyer.price
  if Buyer.price <= budget {
    Buyer -> Seller: accept
    Seller.wanted -> Shipper.parcel: ship
    Shipper.date(parcel) -> Buyer.when
  } else {
    Buyer -> Seller: reject
    Seller -> Shipper: idle
    Buyer.when = "never"
  }
  return Buyer.when
}
`;
const noIdle = bookseller.replace('    Seller -> Shipper: idle\n', '');

let bench: Workbench;
beforeAll(async () => {
  bench = await openWorkbench({ 'greeting.chor': greeting, 'bookseller.chor': bookseller, 'no-idle.chor': noIdle });
}, 120_000);
afterAll(async () => {
  await bench?.close();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench.screenshot(`failed-${task.name.replace(/\W+/g, '-')}`);
});

const column = (role: string) => bench.view.getByRole('listbox', { name: `${role}’s projection` });

describe('errors', () => {
  test('a network that waits in a circle gets a squiggle, and the Problems view says why', async () => {
    await bench.open('greeting.chor');
    await bench.squiggles.first().waitFor();
    await bench.page.keyboard.press('Control+Shift+m');
    await bench.page.locator('.markers-panel .monaco-list-row', { hasText: 'deadlock' }).first().waitFor();
    await bench.screenshot('problems');
    await bench.page.keyboard.press('Control+Shift+m');
  });
});

describe('the view of the projections', () => {
  test('opens beside the source, a column a role, and leaves the focus where it was', async () => {
    await bench.open('bookseller.chor');
    await bench.goToText('bookseller.chor', 'Buyer.title ->');
    await bench.command('Chor: Show Projections');
    for (const role of ['Buyer', 'Seller', 'Shipper']) await column(role).waitFor();
    expect(await column('Shipper').innerText()).toContain('receive from Seller {');
    expect(await bench.focusIsInEditor()).toBe(true);
    await bench.screenshot('projections');
  });
});
