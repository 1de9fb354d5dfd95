import { create } from 'zustand';

/** What the view in front says of itself in the status bar. */
interface Shown {
  /** "412 records · 23 shown", or ''. */
  summary: string;
  /** How many records are selected. */
  selected: number;
}

export const useShown = create<Shown>()(() => ({ summary: '', selected: 0 }));
