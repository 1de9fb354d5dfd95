import type { Question, Reason } from '#shared/contract/analysis.ts';
import type { Damage } from './damage.ts';
import type { FoundIntervention } from './choose-interventions.ts';
import type { Subject } from './rank-subjects.ts';
import type { UnrecordedShare } from './unrecorded.ts';

export interface AnswerRequest {
  question: Exclude<Question, 'changes' | 'code'>;
  who: 'all' | 'people' | 'teams';
  /** 1 for each included node; null for all. A link is included by either end. */
  only: Uint8Array | null;
  set: number | null;
  limit: number;
  quick: boolean;
  seed: number;
  /** What stress tests assume of links that nobody recorded; by default `assumedShare`. */
  unrecorded?: UnrecordedShare;
}

/** An item of an answer; nodes and links are indexes. */
export interface Finding {
  nodes: readonly number[];
  link: number | null;
  /** Interchangeable links; `link` is the first. */
  links?: readonly number[];
  /** Whether the nodes are interchangeable, so that the finding is about any one of them. */
  isGroup: boolean;
  value: number;
  confidence: number | null;
  inTop: number | null;
  areas?: readonly number[];
  /** The projects and teams that need one of the areas. */
  neededBy?: readonly number[];
  /** Numeric parameters; names are added later. */
  reason: Reason;
  /** The nodes and links that cause the value, largest contribution first. */
  because: { nodes: readonly number[]; links: readonly number[] };
  interventions: FoundIntervention[];
  /** Whether it is listed although others cost more. */
  isBeyond?: boolean;
  /** People who are not named; `nodes` has their team instead. */
  hiddenPeople?: readonly number[];
}

export interface Guesses {
  terms: number;
  losses: number;
  teams: number;
}

export interface Findings {
  items: Finding[];
  ranked: number;
  top: number;
  unknown: number;
  judged: number;
  worst: (Finding & { atMost: number; exact: boolean }) | null;
  runs: number;
  /** Whether a sample stands for all nodes, so that values are estimates. */
  isEstimate: boolean;
  guesses: Guesses;
}

export const isIncluded = ({ only }: AnswerRequest, ...nodes: readonly number[]): boolean =>
  only === null || nodes.some((node) => only[node] === 1);

/** A subject and the finding about it; with `isQuick` without interventions. */
export interface DescribableSubject extends Subject {
  /** Whether it is listed even if others cost more. */
  readonly isAlwaysListed?: boolean;
  /** Whether its people have unknown terms, so that they leave by chance. */
  readonly isByChance?: boolean;
  describe(damage: Damage, value: number, isQuick: boolean): Finding;
}

export interface Subjects {
  subjects: readonly DescribableSubject[];
  judged: number;
  unknown: number;
}

export const emptyFinding = (nodes: readonly number[], value: number): Finding => ({
  nodes,
  link: null,
  isGroup: false,
  value,
  confidence: null,
  inTop: null,
  reason: { code: '', params: {} },
  because: { nodes: [], links: [] },
  interventions: [],
});
