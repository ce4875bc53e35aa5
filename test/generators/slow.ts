// Networks with very many states, whatever is left out: one process decides again and again, and all its decisions
// matter later.

/**
 * A network of at least 2^(coins + 1) states: a process flips coins, and then tells how they fell, in turn. Nothing is
 * wrong with it.
 * @param name its name
 * @param last what its second process does at the end: `receive from A: yes` makes it wait for ever
 * @param ticks sends a message after each flip; without them, there are 2^coins ways to the first message
 */
export function coinsNetwork(name: string, coins: number, last = '', ticks = true): string {
  const names = Array.from({ length: coins }, (_, i) => `x${i}`);
  const lines = (all: readonly string[]): string => all.map((line) => `    ${line}\n`).join('');
  const a = [
    ...names.flatMap((x) => [`choice { ${x} = true } or { ${x} = false }`, ...(ticks ? ['send to B: tick'] : [])]),
    ...names.map((x) => `if ${x} { send to B: yes } else { send to B: no }`),
  ];
  const b = [
    ...(ticks ? names.map(() => 'receive from A: tick') : []),
    ...names.map(() => 'receive from A { yes {} no {} }'),
    ...(last === '' ? [] : [last]),
  ];
  return `network ${name} {\n  process A {\n${lines(a)}  }\n  process B {\n${lines(b)}  }\n}\n`;
}
