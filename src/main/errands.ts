import type { FromData, ToData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';

/** What came of an errand: why it failed, or null; and the sandbox that was made, or null. */
export type ErrandAnswer = Omit<Extract<FromData, { kind: 'errand' }>, 'kind'>;

export interface Errands {
  /** Has the data process do something while the workspace cannot be opened. */
  ask(message: ToData): Promise<ErrandAnswer>;
  /** What came of it. */
  hear(answer: ErrandAnswer): void;
  /** The process that does it has ended. */
  breakOff(): void;
}

const brokenOff: ErrandAnswer = {
  problem: refusedBy('stopped', 'The part of FRAMES that holds the data has stopped. Try again.'),
  sandbox: null,
};

/** Asks the data process for what it can do with a workspace that is not open, one at a time. */
export function createErrands(send: (message: ToData) => boolean): Errands {
  let waiting: ((answer: ErrandAnswer) => void) | undefined;
  const hear = (answer: ErrandAnswer): void => {
    waiting?.(answer);
    waiting = undefined;
  };
  return {
    hear,
    breakOff: () => hear(brokenOff),
    ask(message) {
      hear(brokenOff);
      return new Promise((resolve) => {
        waiting = resolve;
        if (!send(message)) hear(brokenOff);
      });
    },
  };
}
