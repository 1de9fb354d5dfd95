import type { Difference } from '#shared/contract/compare.ts';
import { nameOf } from '../words.ts';
import { cut } from './table.ts';

export type Called = Pick<Difference, 'type' | 'title' | 'university'>;

/** `student "Ada" (Summit)`: others of its name may be of another university. A link says what its ends are. */
export const calledFully = ({ type, title, university }: Called): string =>
  `${nameOf(type)} "${title}"${university === null || type === 'interface' ? '' : ` (${university})`}`;

/** What a record is called, with its university where another of `rows` is called the same. */
export function nameAmong(rows: readonly Called[]): (one: Called) => string {
  const keyOf = ({ type, title }: Called): string => JSON.stringify([type, title.trim().toLowerCase()]);
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1);
  return (one) => {
    const alike = one.university !== null && (counts.get(keyOf(one)) ?? 0) > 1;
    return `${cut(one.title, 40)}${alike ? ` (${cut(one.university ?? '', 30)})` : ''}`;
  };
}
