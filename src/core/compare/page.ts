import { foldText } from '#shared/domain/fold.ts';
import type { Difference, DifferenceClass, SideAction } from '#shared/contract/compare.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { readHead } from '../log/audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { ComparisonInput, Copies } from './between.ts';
import type { RecordDifference } from './classify.ts';
import { compareAgain } from './comparison-cache.ts';
import type { DifferenceSummary, CachedComparison } from './comparison-cache.ts';
import { shownTitle, titleOf, toDifference } from './rows.ts';

/** Filters and page of a comparison; an empty list means all. */
export interface PageInput {
  types: readonly AuditedType[];
  classes?: readonly DifferenceClass[];
  actions?: readonly SideAction[];
  ids?: readonly string[];
  restorable?: boolean;
  text: string;
  offset: number;
  limit: number;
}

interface Page {
  matched: number;
  rows: Difference[];
}

/** A page of a comparison without reading the compared states. Null if its rows are not kept. */
export function cachedPageOf({ differences, rows }: CachedComparison, request: PageInput): Page | null {
  if (!rows) return null;
  const matchesFilters = summaryFilter(request);
  const contains = textMatcher(request.text);
  const matching = rows.filter(
    (row, index) =>
      matchesFilters(differences[index] as DifferenceSummary) && contains(row.id, () => row.title),
  );
  return { matched: matching.length, rows: matching.slice(request.offset, request.offset + request.limit) };
}

/** A page of a comparison. Yields the number of records read. */
export function* pageOf(
  compared: ComparisonInput,
  comparison: CachedComparison,
  input: PageInput,
): Generator<number, Page, void> {
  const cached = cachedPageOf(comparison, input);
  if (cached) return cached;
  const { offset, limit } = input;
  const matching = yield* selectByText(
    compared,
    comparison,
    comparison.differences.filter(summaryFilter(input)),
    input.text,
  );
  const rows: Difference[] = [];
  for (const row of compareAgain(compared, comparison, matching.slice(offset, offset + limit))) {
    rows.push(toDifference(compared, row));
    yield rows.length;
  }
  return { matched: matching.length, rows };
}

/** The newest transaction of a log. */
export function headOf(db: ReadHandle): { id: number; hash: string } {
  const { id, hash } = readHead(db);
  return { id, hash };
}

const isInFilter = <V>(list: readonly V[] | undefined, value: V): boolean =>
  !list || list.length === 0 || list.includes(value);

function summaryFilter({
  types,
  classes,
  actions,
  ids,
  restorable,
}: PageInput): (summary: DifferenceSummary) => boolean {
  const selectedIds = new Set(ids);
  return (one) =>
    (selectedIds.size === 0 || selectedIds.has(one.id)) &&
    isInFilter(types, one.type) &&
    isInFilter(classes, one.class) &&
    isInFilter<SideAction | null>(actions, one.action) &&
    (!restorable || one.isRestorable);
}

function textMatcher(text: string): (id: string, title: () => string) => boolean {
  const folded = foldText(text);
  const contains = (value: string): boolean => foldText(value).includes(folded);
  return (id, title) => folded === '' || contains(id) || contains(title());
}

/** Tests whether a difference meets the filters. */
export function differenceFilter(
  copies: Copies,
  { types, classes, text }: Pick<PageInput, 'types' | 'classes' | 'text'>,
): (difference: RecordDifference) => boolean {
  const contains = textMatcher(text);
  return (difference) =>
    isInFilter(types, difference.type) &&
    isInFilter(classes, difference.class) &&
    contains(difference.id, () => titleOf(copies, difference));
}

/** Selects the records whose id or title contains a text; reads the titles again. */
function* selectByText(
  compared: ComparisonInput,
  comparison: CachedComparison,
  summaries: readonly DifferenceSummary[],
  text: string,
): Generator<number, readonly DifferenceSummary[], void> {
  if (foldText(text) === '') return summaries;
  const contains = textMatcher(text);
  const matching: DifferenceSummary[] = [];
  let index = 0;
  for (const difference of compareAgain(compared, comparison, summaries)) {
    const summary = summaries[index] as DifferenceSummary;
    if (contains(summary.id, () => shownTitle(compared, difference))) matching.push(summary);
    yield ++index;
  }
  return matching;
}
