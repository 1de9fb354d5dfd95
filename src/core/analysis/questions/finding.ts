import type { Question, Reason } from '#shared/contract/analysis.ts';
import type { Damage } from './damage.ts';
import type { FoundIntervention } from './interventions.ts';
import type { Subject } from './subject.ts';

/** What is asked of an organisation. */
export interface AnswerRequest {
  question: Exclude<Question, 'changes'>;
  who: 'all' | 'people' | 'teams';
  /** 1 for each node that is asked about; null for all. A link is by either end. */
  only: Uint8Array | null;
  set: number | null;
  limit: number;
  quick: boolean;
  seed: number;
}

/** An item of an answer, with nodes and links named by their places. */
export interface Finding {
  /** The nodes that it is about. */
  nodes: readonly number[];
  /** The link that it is about; null where it is about nodes. */
  link: number | null;
  /** They cannot be told apart: it is about any one of them. */
  isGroup: boolean;
  value: number;
  confidence: number | null;
  inTop: number | null;
  /** The areas of expertise that it is about, as places. */
  areas?: readonly number[];
  /** Parameters that are numbers; names are added where they are known. */
  reason: Reason;
  /** The nodes and links that cause the value, the weightiest first. */
  because: { nodes: readonly number[]; links: readonly number[] };
  interventions: FoundIntervention[];
  /** People in whose place the nodes are named. */
  unnamed?: readonly number[];
}

/** What of an organisation is not known and was drawn or assumed. */
export interface Guesses {
  /** Students whose terms are not known. */
  terms: number;
  /** Links with neither loss nor bond. */
  losses: number;
  /** Teams without listed members. */
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
  /** Some nodes stand for all: values are estimates. */
  isEstimate: boolean;
  guesses: Guesses;
}

export const isIncluded = ({ only }: AnswerRequest, ...nodes: readonly number[]): boolean =>
  only === null || nodes.some((node) => only[node] === 1);

/** A subject, and what an answer says of it; without interventions where that has to be quick. */
export interface Described extends Subject {
  describe(damage: Damage, value: number, isQuick: boolean): Finding;
}

/** What a question is about. */
export interface Subjects<S extends Described = Described> {
  subjects: readonly S[];
  /** How many could be judged, and how many could not. */
  judged: number;
  unknown: number;
}

/** A finding of which only nodes and value are known yet. */
export const blank = (nodes: readonly number[], value: number): Finding => ({
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
