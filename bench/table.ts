import type { Result } from './row.ts';

const width = 84;
const figure = (value: number | null): string => (value === null ? '–' : value.toFixed(2)).padStart(8);

export const heading = `${'row'.padEnd(width)}${'median'.padStart(8)}${'best'.padStart(8)}${'floor'.padStart(8)}  target`;

/** One result as a line of the table. */
export function line(result: Result): string {
  const { name, median, best, floor, target, better, ok } = result;
  const sign = better === 'higher' ? '≥' : '≤';
  const wanted = target === null ? 'report' : `${sign} ${Number(target.toFixed(2))} ${ok ? 'met' : 'MISSED'}`;
  return `${name.slice(0, width - 1).padEnd(width)}${figure(median)}${figure(best)}${figure(floor)}  ${wanted}`;
}
