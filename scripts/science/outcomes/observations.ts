import { seededRandom } from '#core/analysis/graph/random.ts';

export type Target = 'people' | 'teams';
/** FRAMES was developed with the chosen-by half in view; only the held half shows how well it predicts. */
export type Split = 'held' | 'chosen by';

/** The rankings that are compared. All but FRAMES and random are counts, fixed before the first measurement. */
export const rankings = [
  'FRAMES',
  'commits',
  'modules touched',
  'links carried',
  'degree',
  'degree × members',
  'betweenness',
  'contacts',
  'files changed',
  'areas',
  'random',
] as const;
export type Ranking = (typeof rankings)[number];
export type Count = Exclude<Ranking, 'FRAMES' | 'random'>;

export const counts = rankings.filter(
  (ranking): ranking is Count => ranking !== 'FRAMES' && ranking !== 'random',
);

/** The scores and the real outcomes of the leavers or teams of one half-year or world. */
export interface Observation {
  target: Target;
  /** The history, or the kind of world and its recording. */
  group: string;
  split: Split;
  /** The half-year or the seed. */
  unit: string;
  scores: Readonly<Partial<Record<Ranking, readonly number[]>>>;
  /** By name, one value for each leaver or team. */
  outcomes: Readonly<Record<string, readonly number[]>>;
}

/** With fewer leavers or teams, a rank correlation says nothing. */
export const minItems = 5;

export function randomScores(length: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length }, random);
}
