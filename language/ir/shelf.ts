// What was made of declarations and can be made again: kept as long as there is room, since it takes hundreds of times
// the memory of the text. Nothing is put away while a declaration is worked on: only where `tidy` is called. What
// nobody else holds any more, as its file was closed, is not held here either.
import { mostKept } from './limits.js';

interface Item {
  readonly size: number;
  readonly forget: WeakRef<() => void>;
}

const items = new Set<Item>();
let taken = 0;

/**
 * Notes that something is kept.
 * @param size how long the text is that it was made of
 * @param forget lets go of it; who holds what is kept holds this function as well
 */
export function keep(size: number, forget: () => void): void {
  items.add({ size, forget: new WeakRef(forget) });
  taken += size;
}

/**
 * Lets go of what was made first, until the rest has room. To be called where nobody compares parts of declarations by
 * identity.
 */
export function tidy(): void {
  for (const item of items) {
    if (taken <= mostKept) return;
    items.delete(item);
    taken -= item.size;
    item.forget.deref()?.();
  }
}
