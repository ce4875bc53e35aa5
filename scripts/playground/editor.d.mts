import type { Metafile, Plugin } from 'esbuild';

export const stubs: Readonly<Record<string, string>>;
export function withoutUnused(icons?: ReadonlySet<string>): Plugin;
export function notMet(metafiles: readonly Metafile[]): string[];
export function iconsUsed(metafile: Metafile): { readonly ids: Set<string>; readonly letters: Set<number> };
