/** `said`: a notice names it; `asked`: a question whose answers have the right one; `wrong`: a wrong reading without a word. */
export const outcomes = ['right', 'said', 'asked', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Verdict {
  table: string;
  /** The type of the rows, or what the column is. */
  role: string;
  outcome: Outcome;
  /** What was read, and what is right. */
  why: string;
}
