// Whether the processes of a family are all of its members, and whether there may be a family as its header says.
import type { Valuation } from '../ir/static.js';
import { memberIndices } from '../families/members.js';
import type { Process } from '../ir/process.js';
import { report } from './context.js';
import type { Context } from './context.js';
import type { DeclaredFamily } from './known-members.js';

/** Told where two processes of a family are of one member, or none is. */
export function checkMembers(context: Context, { name, family }: DeclaredFamily, processes: readonly Process[]): void {
  if (processes.length < 2 && processes.every(({ members }) => !members || members.kind === 'all')) return;
  const { size, least } = family;
  // As far as the constants of a header reach, and a little more.
  for (let count = least; count <= (size ? least + 6 : least); count++) {
    const sizes = new Map([[name.text, count]]);
    const valuation: Valuation = new Map(size ? [[size.text, count]] : []);
    const takenBy = new Map<number, Process>();
    for (const process of processes) {
      for (const index of process.members ? memberIndices(process.members, count, sizes, valuation) : []) {
        const other = takenBy.get(index);
        if (other) {
          report(context, 'duplicate-name', process.name.origin, {
            name: process.name,
            what: 'process',
            first: { uri: context.uri, origin: other.name.origin },
            taken: processes.map((each) => each.name.text),
            item: process.origin,
          });
          return;
        }
        takenBy.set(index, process);
      }
    }
    const missing = Array.from({ length: Math.min(count, 64) }, (_, i) => i).find((i) => !takenBy.has(i));
    const [first] = processes;
    if (missing === undefined || !first) continue;
    report(context, 'wrong-members', first.name.origin, {
      kind: 'unwritten',
      role: name.text,
      member: missing,
      values: size ? [[size.text, count]] : [],
    });
    return;
  }
}

/** What a header says of a family that can't be. */
export function checkFamily(context: Context, { name, family }: DeclaredFamily): void {
  const { size, usual, least, origin, first } = family;
  // Said where the size is declared.
  if (first) return;
  if (usual !== undefined && usual < least)
    report(context, 'wrong-members', origin, { kind: 'size', family: name.text, usual, least });
  if (!size && least === 0) report(context, 'wrong-members', origin, { kind: 'size', family: name.text, least });
}
