// The words by which branches without a name are counted.

/** Those that are written out. */
export const ordinals: readonly string[] = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** `first`, `second`, … `21st`, for a place that is counted from 0. */
export function ordinal(index: number): string {
  const count = index + 1;
  const teen = Math.floor(count / 10) % 10 === 1;
  return ordinals[index] ?? `${count}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th')}`;
}
