// Files to measure on: valid choreographies of a given length, the same ones every time.

/** A source of numbers that are the same in every run (a linear congruential generator). */
export function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** One construct: a message, a local step, a decision that is told, or a loop. */
function construct(number: (below: number) => number): string[] {
  switch (number(6)) {
    case 0:
      return [`  Buyer.budget + ${number(100)} -> Seller.offer: offer`];
    case 1:
      return [`  Seller.total(offer, ${number(100)}) -> Buyer.price, Shipper.worth`];
    case 2:
      return [`  Shipper.worth = worth * 2 - ${number(100)}`];
    case 3:
      return ['  Seller -> Shipper: ready'];
    case 4:
      return [
        `  if Buyer.price <= budget + ${number(100)} -> Seller, Shipper {`,
        '    Buyer.price -> Seller.paid: pay',
        '    Seller.paid -> Shipper.worth',
        '  } else {',
        '    Shipper.worth -> Seller.offer: returned',
        '  }',
      ];
    default:
      return [
        `  while Seller.offer > ${number(100)} -> Shipper {`,
        '    Seller.offer -> Shipper.worth',
        '    Seller.offer = offer - 1',
        '  }',
      ];
  }
}

function choreography(name: string, length: number, number: (below: number) => number): string {
  const head = [
    `choreography ${name}(Buyer(budget: int), Seller, Shipper) {`,
    '  Buyer.budget -> Seller.offer',
    '  Seller.offer -> Buyer.price, Shipper.worth',
  ];
  const body: string[] = [];
  while (body.length < length - head.length - 1) body.push(...construct(number));
  return [...head, ...body, '}'].join('\n');
}

/** One choreography of a number of lines. */
export function single(length: number): string {
  return `function total(offer: int, unit: int): int = offer * unit\n${choreography('Long', length - 1, numbers(length))}\n`;
}

/** Choreographies of twenty lines each, that call the one before now and then. */
export function many(length: number): string {
  const number = numbers(length + 1);
  const parts = ['function total(offer: int, unit: int): int = offer * unit'];
  for (let i = 0; parts.length * 20 < length; i++) {
    const text = choreography(`Part${i}`, 19, number);
    parts.push(
      i > 0 && number(3) === 0 ? text.replace(/\n\}$/, `\n  do Part${number(i)}(Buyer(1), Seller, Shipper)\n}`) : text,
    );
  }
  return `${parts.join('\n\n')}\n`;
}
