/** One figure of the bench: the ratio of two things measured interleaved in one run; of a stall its milliseconds, as a person feels them. */
export interface Row {
  id: string;
  name: string;
  /** What the ratio must reach; null when it is only reported. */
  target: number | null;
  better: 'higher' | 'lower';
  /** Sets up, measures `repetitions` pairs and cleans up after itself. Returns one figure for each. */
  measure(repetitions: number): Promise<number[]>;
}

export interface Result {
  id: string;
  name: string;
  value: number;
  target: number | null;
  better: 'higher' | 'lower';
  ok: boolean;
  median: number;
  best: number;
  runs: number[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** The row with its figure, the median of its runs, held against its target. */
export function conclude(row: Row, runs: readonly number[]): Result {
  const middle = median(runs);
  const best = row.better === 'higher' ? Math.max(...runs) : Math.min(...runs);
  const reached =
    row.target === null || (row.better === 'higher' ? middle >= row.target : middle <= row.target);
  const { id, name, target, better } = row;
  return { id, name, value: middle, target, better, ok: reached, median: middle, best, runs: [...runs] };
}

/** A tool that a row is measured against is not installed: the row is left out, and says so. */
export class PeerMissing extends Error {
  constructor(tool: string) {
    super(`peer not installed: ${tool}`);
  }
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/**
 * Measures `ours` and `theirs` in turn, after one uncounted pair, and returns theirs/ours for "higher is better" (how fast ours is
 * against the raw thing) or ours/theirs for "lower".
 */
export async function pairs(
  repetitions: number,
  better: 'higher' | 'lower',
  ours: (round: number) => Promise<number>,
  theirs: (round: number) => Promise<number>,
): Promise<number[]> {
  const ratios: number[] = [];
  for (let round = -1; round < repetitions; round += 1) {
    // Who goes first changes, so that neither always finds the other's leftovers.
    const first = round % 2 === 0 ? await ours(round) : undefined;
    const raw = await theirs(round);
    const own = first ?? (await ours(round));
    if (round >= 0) ratios.push(better === 'higher' ? raw / own : own / raw);
  }
  return ratios;
}
