export function withLetters(font: Buffer, letters: ReadonlySet<number>): Buffer;
export function draws(font: Buffer, letter: number): boolean;
