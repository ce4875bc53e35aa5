// What follows from another error of a choreography is silent: a role that another was meant for, values of one message,
// knowledge of choice of who lacks a value.
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../language/edits/fix.js';
import { fixesFor } from '../../language/fixes/try.js';
import { diagnosticsIn } from '../../language/rules/render.js';
import { Workspace } from '../../language/workspace.js';

const uri = 'file:///trip.chor';
const trip = `record Trip { hotel: string, nights: int, price: int }
enum Booked { booked(ref: int), full }
extern reserve(hotel: string, nights: int): Booked
extern charge(amount: int): bool
extern cancel(ref: int)
extern tell(line: string)

choreography Book(Guest(trip: Trip), Hotel, Bank, Log): bool@Guest {
  Guest.(trip.hotel, trip.nights) -> Hotel.(name, nights): book
  match Hotel.reserve(name, nights) -> Guest.booking {
    case booked(ref) {
      Guest.trip.price -> Bank.amount: pay
      if Bank.charge(amount) -> Guest, Hotel {
        Bank.amount -> Log.paid: paid
        Log.tell("paid " + toString(paid))
        Guest.done = true
      } else {
        Hotel.cancel(ref)
        Hotel.ref -> Log.cancelled: undone
        Log.tell("undone " + toString(cancelled))
        Guest.done = false
      }
    }
    case full {
      Guest -> Bank: nothing
      Hotel.name -> Log.refused: refused
      Log.tell(refused)
      Guest.done = false
    }
  }
  Guest.tell(toString(booking))
  return Guest.done
}
`;

function opened(text: string): Workspace {
  const workspace = new Workspace();
  workspace.set(uri, text);
  return workspace;
}

describe('one mistake is one error', () => {
  it('the original has none', () => {
    expect(diagnosticsIn(opened(trip), uri).filter(({ severity }) => severity !== 'hint')).toEqual([]);
  });
  it.each<[string, string, string, string]>([
    ['a receiver misspelt', '-> Hotel.(name', '-> Htoel.(name', 'unknown-role Htoel'],
    ['a receiver misspelt in a branch', 'Guest.trip.price -> Bank', 'Guest.trip.price -> Bnak', 'unknown-role Bnak'],
    ['a receiver of a label misspelt', 'Guest -> Bank: nothing', 'Guest -> Bnak: nothing', 'unknown-role Bnak'],
    ['a decider misspelt', 'match Hotel.', 'match Htoel.', 'unknown-role Htoel'],
    ['the role of a receiver left out', '-> Bank.amount: pay', '-> amount: pay', 'unknown-role amount'],
    ['the role of who is told left out', '-> Guest.booking {', '-> booking {', 'unknown-role booking'],
    [
      'the sender instead of the receiver',
      '-> Hotel.(name',
      '-> Guest.(name',
      'self-communication Guest.(name, nights)',
    ],
    ['the receiver instead of the sender', 'Bank.amount -> Log', 'Log.amount -> Log', 'self-communication Log.paid'],
    ['another receiver of several values', '-> Hotel.(name', '-> Bank.(name', 'not-located-here name'],
    ['another decider', 'match Hotel.', 'match Bank.', 'not-located-here name'],
    ['another decider, who is told', 'if Bank.charge', 'if Hotel.charge', 'self-communication Hotel'],
    ['another decider, who is told the case', 'match Hotel.', 'match Guest.', 'self-communication Guest.booking'],
    ['a message forgotten', '        Bank.amount -> Log.paid: paid\n', '', 'unknown-variable paid'],
    [
      'two lines exchanged',
      'Hotel.name -> Log.refused: refused\n      Log.tell(refused)',
      'Log.tell(refused)\n      Hotel.name -> Log.refused: refused',
      'maybe-unassigned refused',
    ],
    ['another role of a step', 'Hotel.cancel(ref)', 'Log.cancel(ref)', 'not-located-here ref'],
    ['arguments exchanged', 'reserve(name, nights) ->', 'reserve(nights, name) ->', 'type-mismatch nights'],
    ['an argument forgotten', 'reserve(name, nights) ->', 'reserve(nights) ->', 'wrong-arguments reserve(nights)'],
  ])('%s', (_, from, to, error) => {
    const text = trip.replace(from, to);
    const workspace = opened(text);
    const errors = diagnosticsIn(workspace, uri).filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code, origin }) => `${code} ${text.slice(origin.start, origin.end)}`)).toEqual([error]);
    // Some fix mends all of it.
    const [only] = errors;
    const mended = only
      ? fixesFor(workspace, only.finding, { longest: 10_000 }).map(({ edits }) => applyEdits(text, edits))
      : [];
    const left = mended.map((each) => diagnosticsIn(opened(each), uri).filter((d) => d.severity === 'error').length);
    expect(left).toContain(0);
  });
  it('arguments of the library are exchanged, too', () => {
    const text = 'function first3(xs: list<int>): option<int> = find(x => x > 3, xs)\n';
    expect(diagnosticsIn(opened(text), uri).map(({ code }) => code)).toEqual(['type-mismatch']);
  });
  it('a second mistake is told as soon as the first is mended', () => {
    const text = trip.replace('-> Hotel.(name', '-> Htoel.(name').replace('      Guest -> Bank: nothing\n', '');
    const workspace = opened(text);
    const errors = (): string[] =>
      diagnosticsIn(workspace, uri)
        .filter(({ severity }) => severity === 'error')
        .map(({ code }) => code);
    expect(errors()).toEqual(['unknown-role']);
    const [first] = diagnosticsIn(workspace, uri);
    const [fix] = first ? fixesFor(workspace, first.finding, { longest: 10_000 }) : [];
    expect(fix?.title).toBe('Change to `Hotel`');
    workspace.set(uri, applyEdits(text, fix?.edits ?? []));
    expect(errors()).toEqual(['knowledge-of-choice']);
  });
});
