/** The people without whom more than half of the files have no author left (Avelino et al. 2016). */
export interface BusFactor {
  /** By removing the author of most files again and again; can be too large. */
  greedy: number;
  /** The smallest number; null with more authors than `maxExactAuthors`. */
  exact: number | null;
  /** How many sets of that size there are; null as above. */
  exactSets: number | null;
}

/** 2 to this power numbers fit into memory and a fifth of a second. */
const maxExactAuthors = 20;

const countBits = (mask: number): number => {
  let [bits, rest] = [0, mask];
  for (; rest !== 0; rest &= rest - 1) bits += 1;
  return bits;
};

/** `authorsOfFiles` has the authors of each file; files without authors count as lost. Null without files. */
export function busFactor(authorsOfFiles: readonly (readonly number[])[]): BusFactor | null {
  const fileCount = authorsOfFiles.length;
  if (fileCount === 0) return null;
  const authors = [...new Set(authorsOfFiles.flat())];
  const exact = authors.length <= maxExactAuthors ? findSmallestSets(authorsOfFiles, authors) : null;
  return {
    greedy: countGreedily(authorsOfFiles),
    exact: exact?.size ?? null,
    exactSets: exact?.count ?? null,
  };
}

const isMoreThanHalf = (count: number, all: number): boolean => 2 * count > all;

function countGreedily(authorsOfFiles: readonly (readonly number[])[]): number {
  let files = authorsOfFiles.filter((authors) => authors.length > 0).map((authors) => new Set(authors));
  let removed = 0;
  while (!isMoreThanHalf(authorsOfFiles.length - files.length, authorsOfFiles.length)) {
    const counts = new Map<number, number>();
    for (const authors of files)
      for (const author of authors) counts.set(author, (counts.get(author) ?? 0) + 1);
    const [[top]] = [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b) as [
      [number, number],
    ];
    removed += 1;
    for (const authors of files) authors.delete(top);
    files = files.filter((authors) => authors.size > 0);
  }
  return removed;
}

/** Sums over all subsets of the authors: the files of which each author is in the subset. */
function findSmallestSets(
  authorsOfFiles: readonly (readonly number[])[],
  authors: readonly number[],
): { size: number; count: number } {
  const bitOf = new Map(authors.map((author, bit) => [author, 1 << bit]));
  const lost = new Uint32Array(1 << authors.length);
  for (const file of authorsOfFiles) {
    const mask = file.reduce((bits, author) => bits | (bitOf.get(author) ?? 0), 0);
    lost[mask] = (lost[mask] ?? 0) + 1;
  }
  for (let bit = 1; bit < lost.length; bit <<= 1)
    for (let mask = 0; mask < lost.length; mask++)
      if (mask & bit) lost[mask] = (lost[mask] ?? 0) + (lost[mask ^ bit] ?? 0);
  let [size, count] = [Number.POSITIVE_INFINITY, 0];
  for (const [mask, files] of lost.entries()) {
    if (!isMoreThanHalf(files, authorsOfFiles.length)) continue;
    const bits = countBits(mask);
    if (bits < size) [size, count] = [bits, 1];
    else if (bits === size) count += 1;
  }
  return { size, count };
}
