import type { Summary } from '#shared/contract/bulk.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Column } from './columns.ts';
import type { ListLayout, SummaryKind } from '../../stores/list-layout.ts';

type Summed = Pick<Column, 'key' | 'field' | 'tally'>;

/** Whether a column has numbers to be summed up. */
export function canSum({ field, tally }: Summed): boolean {
  return tally || field?.kind === 'number';
}

/**
 * People are added up; durations, losses and terms are averaged; years, what is counted when it is read, and own fields, of which nobody
 * knows what their figures mean, are neither.
 */
function usual({ unit, own }: Field): SummaryKind {
  if (unit === 'year' || own) return 'none';
  return unit === 'people' ? 'sum' : 'mean';
}

/** What is summed up of a column. */
export function summaryOf(column: Summed, { summaries = {} }: ListLayout): SummaryKind {
  if (!canSum(column)) return 'none';
  return summaries[column.key] ?? (column.field ? usual(column.field) : 'none');
}

/** What is asked for under the columns that are shown, left to right. */
export function summariesOf(columns: readonly Summed[], layout: ListLayout): readonly Summary[] {
  return columns.flatMap((column): Summary[] => {
    const of = summaryOf(column, layout);
    return of === 'none' ? [] : [{ field: column.key, of }];
  });
}
