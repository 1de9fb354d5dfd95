import type { Difference } from '#shared/contract/compare.ts';
import type { Checkpoint, Moment, Restored } from '#shared/contract/moments.ts';
import { amount, nameOf, sentence, timeOf } from '../words.ts';
import { nameAmong } from './called.ts';
import { carriedText } from './carried.ts';
import { fieldText } from './comparison.ts';
import { transactionColumns, transactionText, whoMade } from './history.ts';
import { isRefused, problemLines } from './problems.ts';
import { tableLines } from './table.ts';
import type { Column } from './table.ts';

export interface FoundDifferences {
  from: Moment;
  to: Moment;
  counts: Record<NonNullable<Difference['play']>, number>;
  matched: number;
  rows: Difference[];
}

export const momentColumns: readonly Column<Moment>[] = [
  ...transactionColumns.slice(0, 3),
  { title: 'What', cell: transactionText },
  { title: 'Checkpoint', cell: ({ checkpoints }) => checkpoints.map(({ name }) => `"${name}"`).join(', ') },
];

export const checkpointColumns: readonly Column<Checkpoint>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Moment', align: 'right', cell: ({ at }) => String(at) },
  { title: 'When (UTC)', cell: ({ created_at }) => timeOf(created_at) },
  { title: 'Named by', cell: ({ by }) => by.name },
  { title: 'State', cell: ({ lost }) => (lost ? 'not in the log any more' : '') },
  { title: 'ID', cell: ({ id }) => id },
];

const columnsFor = (rows: readonly Difference[]): readonly Column<Difference>[] => [
  { title: 'What', cell: ({ play }) => play ?? '' },
  { title: 'Type', cell: ({ type }) => nameOf(type) },
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Name', cell: nameAmong(rows) },
  {
    title: 'Fields',
    cell: ({ play, fields }) => (play === 'updated' ? fields.map(fieldText).join('; ') : ''),
  },
];

/** What two moments have different, and below it how much there is. */
export function differenceLines(found: FoundDifferences, offset: number, width: number): string[] {
  const { rows, matched, counts, from, to } = found;
  const table = rows.length > 0 ? [...tableLines(columnsFor(rows), rows, width), ''] : [];
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const each = Object.entries(counts).flatMap(([action, count]) => (count > 0 ? [`${count} ${action}`] : []));
  const span = `Between ${timeOf(from.created_at)} (${from.id}) and ${timeOf(to.created_at)} (${to.id})`;
  const total =
    all === 0
      ? `${span} nothing is different.`
      : `${span} ${amount(all, 'record differs', 'records differ')}: ${each.join(', ')}.`;
  const part = rows.length < matched ? [`Shown are ${rows.length} of ${matched} from ${offset + 1} on.`] : [];
  return [...table, total, ...part];
}

/** A moment by its time and what was done last before it: `2026-11-20 08:30:12 UTC (Created team "Optics", by Ada)`. */
export function momentText(moment: Moment): string {
  const { created_at, actor } = moment;
  return `${timeOf(created_at)} UTC (${transactionText(moment)}, by ${whoMade(actor)})`;
}

/** What was done, or in a dry run would be. */
export function restoredLines(done: Restored): string[] {
  const { dry, along, backup, records, problems, unknown, at, brought } = done;
  const when = `what was at ${momentText(at)}`;
  const nothing = records.length === 0 && problems.length === 0;
  const would = problems.length + unknown.length > 0 ? 'Otherwise it would be' : 'Would be';
  const gone = [
    ...(along.links > 0 ? [amount(along.links, 'interface')] : []),
    ...(along.references > 0 ? [amount(along.references, 'emptied reference')] : []),
  ];
  const first = nothing ? `All of it is ${when}.` : `${dry ? would : 'Is'} ${when}: ${carriedText(done)}.`;
  return [
    ...(isRefused(problems) ? [] : [first]),
    ...(brought > 0 ? [`${sentence(amount(brought, 'record'))} of it brought along.`] : []),
    ...(gone.length > 0 ? [`Along with what is removed: ${gone.join(', ')}.`] : []),
    ...unknown.map((id) => `? There is and was no record "${id}".`),
    ...problemLines(problems, unknown.length === 0),
    ...(backup === null ? [] : [`Backup before it: ${backup}.`]),
    ...(done.op_id === null ? [] : ['"frames undo" takes it back.']),
  ];
}
