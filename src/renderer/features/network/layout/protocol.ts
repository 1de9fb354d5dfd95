import type { ForceInput } from './force.ts';

/** What the window asks of the worker: to begin, and, whenever it has drawn a state, to go on. */
export type ToWorker =
  | { kind: 'begin'; input: ForceInput; until: 'step' | 'end'; slice: number }
  /** `slice`: for how long to work before the next state, in milliseconds. */
  | { kind: 'go'; slice: number };

/** A state of the layout; the last one is at rest. */
export interface FromWorker {
  points: Float32Array;
  /** 0 to 1. */
  progress: number;
  done: boolean;
}
