import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { amount, countsLine, timeOf } from '../words.ts';
import { tableLines } from './table.ts';
import type { Column } from './table.ts';

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const columns = (known: ReadonlyMap<string, string>): readonly Column<Sandbox>[] => [
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Name', cell: ({ name }) => name ?? '' },
  { title: 'From', cell: ({ from }) => (from === null ? '' : (known.get(from) ?? from)) },
  { title: 'Made (UTC)', cell: ({ made }) => (made === null ? '' : timeOf(made)) },
  { title: 'By', cell: ({ by }) => by?.name ?? '' },
  { title: 'Changes', align: 'right', cell: ({ changes }) => changes?.toLocaleString('en-US') ?? '' },
  { title: 'Size', align: 'right', cell: ({ bytes }) => megabytes(bytes) },
  { title: 'Archived (UTC)', cell: ({ archived }) => (archived === null ? '' : timeOf(archived)) },
  { title: 'Discarded (UTC)', cell: ({ discarded }) => (discarded === null ? '' : timeOf(discarded)) },
];

/** A table of sandboxes, and below it what is wrong with those that cannot be used. */
export function sandboxLines(sandboxes: readonly Sandbox[], width: number): string[] {
  const known = new Map(sandboxes.map(({ id, name }) => [id, name ?? id]));
  const problems = sandboxes.flatMap(({ id, problem }) => (problem === null ? [] : [`! ${id}: ${problem}`]));
  const table = sandboxes.length > 0 ? tableLines(columns(known), sandboxes, width) : ['There is none.'];
  return [...table, ...(problems.length > 0 ? ['', ...problems] : [])];
}

/** `the sandbox "What if" (sbx_…)` */
export const mentionSandbox = ({ id, name }: Pick<Sandbox, 'id' | 'name'>): string =>
  name === null ? `the sandbox ${id}` : `the sandbox "${name}" (${id})`;

/** What was taken. */
export function takenLine(made: Sandbox, from: string): string {
  return `Made ${mentionSandbox(made)} of ${from}: ${countsLine(made.counts ?? {})}.`;
}

/** `with 3 changes`, for a question. */
export const withChanges = ({ changes }: Sandbox): string =>
  changes === null ? '' : ` with ${amount(changes, 'change')}`;
