// Completion inside a process that knows what the design wants next.
import { describe, expect, test } from 'vitest';
import { complete } from '../../language/features/completion.js';
import { marked } from './marked.js';

const design = `choreography Shop(Buyer(budget: int), Seller, Shipper) {
  Buyer.budget -> Seller.offer: ask
  if Seller.offer > 10 {
    Seller.offer -> Buyer.price: accept
    Seller -> Shipper: ship
    rec Track {
      if Shipper.done() {
        Shipper -> Buyer: arrived
      } else {
        Shipper.where() -> Buyer.place: under_way
        Buyer.show(place)
        continue Track
      }
    }
  } else {
    Seller -> Buyer: reject
    Seller -> Shipper: idle
  }
}
extern done(): bool
extern where(): string
extern show(s: string)
`;
/** What is offered first in a process, as it would be inserted, without the rest. */
function first(process: string): string[] {
  const { workspace, uri, offset } = marked(`${design}network N implements Shop {\n${process}\n}\n`);
  return complete(workspace, uri, offset)
    .items.filter(({ detail }) => detail === 'next in the design')
    .map(({ insert, label }) => insert ?? label);
}
const buyer = (code: string): string[] => first(`  process Buyer(budget: int) {\n${code}\n  }`);

describe('completion in a process', () => {
  test('offers what the design wants next, whole', () => {
    expect(buyer('    <|>')).toEqual(['send budget to Seller: ask']);
    expect(buyer('    send budget to Seller: ask\n    <|>')).toEqual([
      'receive from Seller {\n  accept(price) {\n    rec Track {\n      receive from Shipper {\n        arrived {}\n        under_way(place) {\n          show(place)\n          continue Track\n        }\n      }\n    }\n  }\n  reject {}\n}',
    ]);
    expect(
      first('  process Seller {\n    receive o from Buyer: ask\n    if o > 10 {\n      <|>\n    } else {\n    }\n  }'),
    ).toEqual(['send offer to Buyer: accept']);
    expect(
      first(
        '  process Seller {\n    receive o from Buyer: ask\n    if o > 10 {\n      send o to Buyer: accept\n      send to Shipper: ship\n    } else {\n      <|>\n    }\n  }',
      ),
    ).toEqual(['send to Buyer: reject']);
  });
  test('offers the labels that the sender may send there, less those that are written', () => {
    expect(buyer('    send budget to Seller: ask\n    receive from Seller {\n      <|>\n    }')).toEqual([
      'accept(price) {\n\t$0\n}',
      'reject {\n\t$0\n}',
    ]);
    expect(
      buyer('    send budget to Seller: ask\n    receive from Seller {\n      reject {}\n      <|>\n    }'),
    ).toEqual(['accept(price) {\n\t$0\n}']);
    expect(
      buyer(
        '    send budget to Seller: ask\n    receive from Seller {\n      accept(p) {\n        rec X {\n          receive from Shipper {\n            under_way(q) { show(q) continue X }\n            <|>\n          }\n        }\n      }\n      reject {}\n    }',
      ),
    ).toEqual(['arrived {\n\t$0\n}']);
  });
  test('goes round loops, and behind decisions', () => {
    expect(
      buyer(
        '    send budget to Seller: ask\n    receive from Seller {\n      accept(p) {\n        receive from Shipper {\n          under_way(q) {\n            show(q)\n            <|>\n          }\n        }\n      }\n    }',
      ).map((code) => code.split('\n')[0]),
    ).toEqual(['receive from Shipper {']);
  });
  test('offers nothing where the process does something else, or there is no design', () => {
    expect(buyer('    send budget to Shipper: ask\n    <|>')).toEqual([]);
    const { workspace, uri, offset } = marked('network N {\n  process A { <|> }\n}\n');
    expect(complete(workspace, uri, offset).items.filter(({ detail }) => detail === 'next in the design')).toEqual([]);
  });
});
