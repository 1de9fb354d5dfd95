import type { ToData } from '#shared/shell/process.ts';

/** Why a copy for support was not written, or null. */
export type SupportProblem = string | null;

export interface SupportCopies {
  /** Has the data process write one to a file. */
  write(path: string): Promise<SupportProblem>;
  /** What came of it. */
  hear(problem: SupportProblem): void;
}

/** Why none was written, where the process that writes it ended. */
export const supportBrokenOff = 'The part of FRAMES that holds the data has stopped. Try again.';

/** Asks the data process for copies for support, one at a time; `hear` is also called when it ends. */
export function createSupportCopies(send: (message: ToData) => boolean): SupportCopies {
  let waiting: ((problem: SupportProblem) => void) | undefined;
  const hear = (problem: SupportProblem): void => {
    waiting?.(problem);
    waiting = undefined;
  };
  return {
    hear,
    write(path) {
      hear(supportBrokenOff);
      return new Promise((resolve) => {
        waiting = resolve;
        if (!send({ kind: 'supportCopy', path })) hear(supportBrokenOff);
      });
    },
  };
}
