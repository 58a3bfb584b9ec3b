// "Did you mean …?": the known word that a mistyped one is closest to.

/** A word with more than this share of its letters wrong is another word, not a typing mistake. */
const TYPO_SHARE = 1 / 3;

export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor(typed.length * TYPO_SHARE)) + 1;
  for (const word of known) {
    const edits = editDistance(typed, word);
    if (edits < fewest) [nearest, fewest] = [word, edits];
  }
  return nearest;
}

/** How many letters to insert, drop, replace, or swap with the next; one row of the table at a time. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  let twoAbove: readonly number[] = [];
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwap ? (twoAbove[column - 2] ?? 0) + 1 : replaced;
      current.push(Math.min(replaced, swapped, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    twoAbove = above;
    above = current;
  }
  return above[b.length] ?? 0;
}
