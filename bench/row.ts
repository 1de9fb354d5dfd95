import { roundsOf } from './run.ts';
import type { Run } from './run.ts';

/** One figure of the bench: the ratio of two things measured interleaved in one run; of a stall its milliseconds, as a person feels them. */
export interface Row {
  id: string;
  name: string;
  /** What the figure must reach; null when it is only reported. */
  target: number | null;
  better: 'higher' | 'lower';
  /** Why a smoke run leaves the row out. */
  notInSmoke?: string;
  /** Sets up, measures and cleans up after itself. */
  measure(run: Run): Promise<Figures>;
}

/** One figure for each repetition. */
export interface Figures {
  runs: readonly number[];
  /** The same figures of the least that the machine needs for such work, measured in turn with it. */
  floors?: readonly number[];
}

export interface Result {
  id: string;
  name: string;
  /** A target beyond the floor is replaced by 1.3 times the floor. */
  target: number | null;
  better: 'higher' | 'lower';
  ok: boolean;
  median: number;
  best: number;
  floor: number | null;
  runs: readonly number[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] as number)) / 2;
}

/** How much more than the floor a row may take whose target is beyond the floor. */
const aboveFloor = 1.3;

function targetOf({ target, better }: Row, floor: number | null): number | null {
  if (target === null || floor === null) return target;
  if (better === 'higher') return target > floor ? floor / aboveFloor : target;
  return target < floor ? floor * aboveFloor : target;
}

/** The row with its figure, the median of its runs, held against its target. Throws for figures that are no numbers. */
export function conclude(row: Row, { runs, floors }: Figures): Result {
  const isMeasured = runs.length > 0 && [...runs, ...(floors ?? [])].every(Number.isFinite);
  if (!isMeasured) throw new Error(`${row.id} has no figures: ${[...runs, ...(floors ?? [])].join(', ')}`);
  const { id, name, better } = row;
  const middle = median(runs);
  const floor = floors ? median(floors) : null;
  const target = targetOf(row, floor);
  const ok = target === null || (better === 'higher' ? middle >= target : middle <= target);
  const best = better === 'higher' ? Math.max(...runs) : Math.min(...runs);
  return { id, name, target, better, ok, median: middle, best, floor, runs };
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

type Measure = (round: number) => Promise<number>;

/**
 * Measures `ours`, `theirs` and `floor` in turn and returns theirs/ours for "higher is better" (how fast ours is against the raw thing)
 * or ours/theirs for "lower"; of the floor the same.
 */
export async function pairs(
  run: Run,
  better: 'higher' | 'lower',
  { ours, theirs, floor }: { ours: Measure; theirs: Measure; floor?: Measure },
): Promise<Figures> {
  const figures: Required<{ runs: number[]; floors: number[] }> = { runs: [], floors: [] };
  const ratio = (raw: number, own: number): number => (better === 'higher' ? raw / own : own / raw);
  for (const { round, counts } of roundsOf(run)) {
    // Who goes first changes, so that neither always finds the other's leftovers.
    const first = round % 2 === 0 ? undefined : await ours(round);
    const raw = await theirs(round);
    const own = first ?? (await ours(round));
    const least = await floor?.(round);
    if (!counts) continue;
    figures.runs.push(ratio(raw, own));
    if (least !== undefined) figures.floors.push(ratio(raw, least));
  }
  return floor ? figures : { runs: figures.runs };
}

/** Measures `work` in each round, and `floor` after it: for rows that compare nothing. */
export async function each(run: Run, work: Measure, floor?: Measure): Promise<Figures> {
  const figures: Required<{ runs: number[]; floors: number[] }> = { runs: [], floors: [] };
  for (const { round, counts } of roundsOf(run)) {
    const own = await work(round);
    const least = await floor?.(round);
    if (!counts) continue;
    figures.runs.push(own);
    if (least !== undefined) figures.floors.push(least);
  }
  return floor ? figures : { runs: figures.runs };
}
