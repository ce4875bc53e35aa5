// Texts that stand in diagrams: on one line, and short.

export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** On one line, and at most so long. Cost: linear */
export function shortened(text: string, longest: number): string {
  const letters = [...oneLine(text)];
  return letters.length > longest
    ? `${letters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
    : letters.join('');
}
