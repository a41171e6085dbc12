/** How to fix an unknown name: the known one that looks like it, written as it would stand there, or else what to do. */
export function didYouMean(
  name: string,
  known: readonly string[],
  otherwise: string,
  written: (suggestion: string) => string = (suggestion) => suggestion,
): string {
  const suggestion = nearest(name, known);
  return suggestion === undefined ? otherwise : `did you mean ${written(suggestion)}? Otherwise ${otherwise}`;
}

/** The candidate a typing mistake most likely meant, or undefined if none is close. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .toSorted((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Insertions, deletions and replacements between two words. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
