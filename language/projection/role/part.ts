// What a role does at a place, made of what is there: see passages.ts.
import { cons } from '../behaviour.js';
import type { LeafAction, List } from '../behaviour.js';
import type { Part } from '../passages.js';

export const nothing: Part = { list: undefined, closed: false };

export function open(list: List): Part {
  return { list, closed: false };
}

export function leaf(action: LeafAction): Part {
  return open(cons({ kind: 'leaf', action }, undefined));
}
