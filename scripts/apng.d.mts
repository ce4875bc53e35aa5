// The types of apng.mjs, for its tests.

export function pixelsOf(png: Buffer): { readonly width: number; readonly height: number; readonly pixels: Buffer };

export function animated(pictures: readonly { readonly png: Buffer; readonly milliseconds: number }[]): Buffer;
