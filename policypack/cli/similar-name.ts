/** The name that a misspelled one was likely meant to be: at most two letters, or a third of them, differ. */
export function similarName(name: string, names: readonly string[]): string | undefined {
  const near = [...new Set(names)]
    .map((one) => ({ one, distance: distanceOf(name.toLowerCase(), one.toLowerCase()) }))
    .filter(({ one, distance }) => distance < name.length && distance <= Math.max(2, one.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.one;
}

/** Letters to add, leave out or change. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
