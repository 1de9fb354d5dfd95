import type { FromData, ToData } from '#shared/shell/process.ts';
import { refusedBy } from '#shared/shell/refused.ts';

/** What came of an errand: why it failed, or null; and the sandbox that was made, or null. */
export type ErrandAnswer = Omit<Extract<FromData, { kind: 'errand' }>, 'kind'>;

export interface Errands {
  /** Has the data process do something while the workspace cannot be opened, after what it was asked before. */
  ask(message: ToData): Promise<ErrandAnswer>;
  /** What came of the first of those that it has not answered yet. */
  hear(answer: ErrandAnswer): void;
  /** The process that does them has ended. */
  breakOff(): void;
}

/** Why nothing came of what a process was asked that has ended. */
export const stopped = refusedBy('stopped', 'The part of FRAMES that holds the data has stopped. Try again.');

const brokenOff: ErrandAnswer = {
  problem: stopped,
  sandbox: null,
};

/** Asks the data process for what it can do with a workspace that is not open. It does one after the other, and answers in that order. */
export function createErrands(send: (message: ToData) => boolean): Errands {
  const waiting: ((answer: ErrandAnswer) => void)[] = [];
  return {
    hear: (answer) => waiting.shift()?.(answer),
    breakOff() {
      for (const answer of waiting.splice(0)) answer(brokenOff);
    },
    ask(message) {
      const { promise, resolve } = Promise.withResolvers<ErrandAnswer>();
      waiting.push(resolve);
      if (!send(message)) this.breakOff();
      return promise;
    },
  };
}
