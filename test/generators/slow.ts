// Networks with very many states, whatever is left out: one process decides again and again, and all its decisions matter later.

/** Steps of a process that flips so many coins, and only then tells how they fell, in turn. */
function flips(coins: readonly string[]): string {
  return [...coins.map((x) => `choice { ${x} = true } or { ${x} = false }`), ...coins.map((x) => `if ${x} { send to B: yes } else { send to B: no }`)].map((line) => `    ${line}\n`).join('');
}

/**
 * A network of about 2^(coins + 1) states, without anything wrong.
 * @param name its name
 * @param last what its second process does at the end: `receive from A: yes` makes it wait for ever
 */
export function coinsNetwork(name: string, coins: number, last = ''): string {
  const names = Array.from({ length: coins }, (_, i) => `x${i}`);
  const receives = names.map(() => '    receive from A { yes {} no {} }\n').join('');
  return `network ${name} {\n  process A {\n${flips(names)}  }\n  process B {\n${receives}${last === '' ? '' : `    ${last}\n`}  }\n}\n`;
}
