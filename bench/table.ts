import type { Result } from './row.ts';

const width = 84;
const figure = (value: number): string => value.toFixed(2).padStart(8);

export const heading = `${'row'.padEnd(width)}${'median'.padStart(8)}${'best'.padStart(8)}  target`;

/** One result as a line of the table. */
export function line(result: Result): string {
  const { name, median, best, target, better, ok } = result;
  const sign = better === 'higher' ? '≥' : '≤';
  const wanted = target === null ? 'report' : `${sign} ${target} ${ok ? 'met' : 'MISSED'}`;
  return `${name.slice(0, width - 1).padEnd(width)}${figure(median)}${figure(best)}  ${wanted}`;
}
