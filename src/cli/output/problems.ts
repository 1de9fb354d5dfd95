import type { Issue } from '#shared/contract/faults.ts';

/** Whether it is refused as a whole: then nothing can be said of what would be done otherwise. */
export const isRefused = (problems: readonly Issue[]): boolean => problems.some(({ path }) => path === '');

/** A line for each problem; none for the only one where that was `said` before as what the call would be refused with. */
export const problemLines = (problems: readonly Issue[], said: boolean): string[] =>
  said && problems.length === 1
    ? []
    : problems.map(({ path, message }) => `! ${path === '' ? '' : `${path}: `}${message}`);
