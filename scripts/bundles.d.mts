import type { Metafile } from 'esbuild';

export const generatorPackages: readonly string[];
export const editorPackages: readonly string[];
export function licences(root: string): string;
export function checkBundle(metafile: Metafile, name: string, forbidden: readonly string[]): void;
