import { useState, useRef, useEffect, useMemo } from 'react';
import type { CompareView, MomentsView, View } from '#shared/address/view.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useStatus } from '../../../stores/view-status.ts';
import { shownText, allSides, isReference, isSystemField } from './summary.ts';
import { useComparison, pageSize, readAll } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';
import { useDebouncedValue } from '@mantine/hooks';
import { navigate } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { foldText } from '#shared/domain/fold.ts';
import { useQuery } from '@tanstack/react-query';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { useLanguage } from '../../../i18n/setup.ts';
import { queryKeys, queryFor, queryClient } from '../../../stores/queries.ts';
import { useFormats } from '../../../text/formats.ts';
import { parseAddress } from '#shared/address/address.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { fieldName, roleName, displayTitle, typeName } from '../../../text/names.ts';
import { notesLines } from '../../../text/notes-lines.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { filterValueText } from '../../records/filters/model.ts';
import { idsInFilters } from '../../records/filters/value-names.ts';
import { addressLines, filterLine, filtersOf, layoutLines } from '../../view-words/SavedView.tsx';

/** The comparison that a view shows, with its filters, search field and status. */
export function useCompared<View extends CompareView | MomentsView>(
  view: View,
  request: Omit<ComparisonQuery, 'text'>,
  onlyNames = false,
) {
  const { typed, text, scroller, narrow } = useFilters(view);
  const [isLarge, setLarge] = useState(false);
  const isNameSearch = isLarge || onlyNames;
  const query = { ...request, text: isNameSearch ? text : '' };
  const pages = useComparison(query);
  const { first: comparison } = pages;
  useIsLarge(comparison?.counts, setLarge);
  const searchResult = useSearch(query, isNameSearch ? '' : text, comparison);
  const listed = searchResult ?? { ...pages, matched: comparison?.matched ?? 0 };
  const errorSource = pages.error ? pages : listed;
  const { isPending } = listed;
  const total = comparison ? sumOf(comparison.counts) - (comparison.counts.same ?? 0) : 0;
  useStatus(comparison && !errorSource.error && !isPending ? shownText(listed.matched, total) : '');
  const { progress } = comparison ? listed : pages;
  return {
    query,
    pages,
    comparison,
    listed,
    isPending,
    progress,
    typed,
    text,
    isNameSearch,
    scroller,
    narrow,
    error: errorSource.error,
    refetch: () => void errorSource.refetch(),
  };
}
export type Compared = Omit<ReturnType<typeof useCompared>, 'narrow'>;

/** Milliseconds after the last key before searching. */
const debounceMs = 150;

/**
 * The comparison's filters, kept in its address: `typed` immediately, `text` after a pause. A changed filter scrolls `scroller` to the top.
 */
function useFilters<View extends CompareView | MomentsView>(view: View) {
  const tab = useTabId();
  const typed = view.search ?? '';
  const [text] = useDebouncedValue(typed, debounceMs);
  const scroller = useRef<HTMLElement>(null);
  const narrow = (part: Partial<Omit<View, 'kind'>>): void => {
    scroller.current?.scrollTo({ top: 0 });
    navigate({ ...view, ...part }, { replace: true, tab });
  };
  return { typed, text, scroller, narrow };
}

/** With more differences only names are searched, which avoids loading them all. */
const maxSearchedRows = 10_000;

/** Reports whether there are too many differences to search more than names; reports nothing until the number is known. */
function useIsLarge(
  counts: Readonly<Record<string, number>> | undefined,
  onChange: (isLarge: boolean) => void,
): void {
  const total = counts && sumOf(counts);
  useEffect(() => {
    if (total !== undefined) onChange(total > maxSearchedRows);
  }, [total, onChange]);
}

/** The differences with a text in a name, kind or value; null without a text. Waits for `comparison`, which has the compared states. */
function useSearch(query: ComparisonQuery, text: string, comparison: Comparison | undefined) {
  const folded = foldText(text.trim());
  const heads = comparison && [comparison.from.head.hash, comparison.to.head.hash];
  const language = useLanguage();
  const formats = useFormats();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { data, error, isPending, refetch } = useQuery({
    queryKey: [...queryKeys.comparison(query.to, query), 'said', heads, language, formats],
    queryFn: async ({ signal }) => {
      setProgress(null);
      return describeDifferences(await readAll(query, { onProgress: setProgress, signal }));
    },
    enabled: folded !== '' && heads !== undefined,
    gcTime: 0,
  });
  const [expanded, setExpanded] = useState({ folded, pages: 1 });
  const matches = useMemo(
    () => (data ?? []).filter(({ words }) => words.includes(folded)).map(({ row }) => row),
    [data, folded],
  );
  const titles = useMemo(() => new Map((data ?? []).map(({ row }) => [row.id, row.title])), [data]);
  if (folded === '') return null;
  const pages = expanded.folded === folded ? expanded.pages : 1;
  return {
    all: matches,
    titles,
    rows: matches.slice(0, pages * pageSize),
    matched: matches.length,
    error,
    isPending,
    progress,
    refetch,
    hasNextPage: matches.length > pages * pageSize,
    isFetchingNextPage: false,
    fetchNextPage: () => setExpanded({ folded, pages: pages + 1 }),
  };
}

const lookupSize = 1000;
const namedTypes = entityTypes.filter((type) => type !== 'interface');

/** A differing record with its searchable text. */
interface DescribedDifference<Row> {
  row: Row;
  /** In lower case, without accents. */
  words: string;
}

const savedView = (type: string, field: string, value: Json | undefined): View | undefined =>
  type === 'view' && field === 'address' && typeof value === 'string' ? parseAddress(value)?.view : undefined;

const isOwner = (type: string, field: string): boolean => type === 'view' && field === 'owner';

function textsOfView(view: View, names: ReadonlyMap<string, string>): string[] {
  const { first, last } = addressLines(view);
  const filters = filtersOf(view).map((line) => {
    const recordIds = new Set<Json>(idsInFilters(line.field, line.filters));
    return filterLine(line, (value) => {
      const name = typeof value === 'string' && recordIds.has(value) ? names.get(value) : undefined;
      return name ?? filterValueText(line.field, value);
    });
  });
  return [first, ...filters, ...last];
}

/** The texts of one value; none if it is absent or empty. */
function textsOf(type: string, field: string, value: Json | undefined, names: ReadonlyMap<string, string>) {
  if (value === undefined || value === null || value === '') return [];
  if (type === 'view' && field === 'layout') return layoutLines(value);
  if (isReference(type, field) && typeof value === 'object')
    return referencedIds(value).map((id) => names.get(id) ?? id);
  if (typeof value === 'object') return notesLines(value);
  if (typeof value === 'string') {
    if (isReference(type, field) || isOwner(type, field)) return [names.get(value) ?? value];
    const view = savedView(type, field, value);
    if (view) return textsOfView(view, names);
    if (type === 'profile' && field === 'role') return [roleName(value)];
  }
  return [valueText(value, fieldNamed(type, field))];
}

function idsIn(type: string, field: string, value: Json | undefined): readonly string[] {
  if (isReference(type, field)) return referencedIds(value).filter((id) => id !== '');
  const view = savedView(type, field, value);
  return view ? filtersOf(view).flatMap((line) => idsInFilters(line.field, line.filters)) : [];
}

async function fetchOwners(rows: readonly Difference[]): Promise<readonly Profile[]> {
  if (!rows.some(({ type, fields }) => fields.some(({ field }) => isOwner(type, field)))) return [];
  return queryClient.fetchQuery(queryFor('workspace.profiles', {}));
}

/** Records by id, including deleted ones; missing ones and links are left out. */
async function fetchRecords(ids: readonly string[]): Promise<readonly Pick<EntityRecord, 'id' | 'title'>[]> {
  const records: EntityRecord[] = [];
  for (let from = 0; from < ids.length; from += lookupSize) {
    const filters = [{ field: 'id', op: 'in' as const, value: ids.slice(from, from + lookupSize) }];
    const lists = await Promise.all(
      namedTypes.map((type) => api.entities.list({ type, filters, deleted: 'with', limit: lookupSize })),
    );
    records.push(...lists.flatMap(({ rows }) => rows));
  }
  return records;
}

/** Titles by id of the records in `rows` and of those that their values name, and names of profiles. */
async function fetchNames(rows: readonly Difference[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map(rows.map(({ id, title }) => [id, title]));
  const unknownIds = new Set<string>();
  for (const { type, fields } of rows)
    for (const difference of fields)
      for (const side of allSides)
        for (const id of idsIn(type, difference.field, difference[side]))
          if (!names.has(id)) unknownIds.add(id);
  for (const { id, title } of await fetchRecords([...unknownIds])) names.set(id, title);
  for (const { id, name } of await fetchOwners(rows)) names.set(id, name);
  return names;
}

/** Words for differing records: names, kinds, fields and their values on each side. */
async function describeDifferences<Row extends Difference>(
  rows: readonly Row[],
): Promise<DescribedDifference<Row>[]> {
  const names = await fetchNames(rows);
  return rows.map((row) => {
    const { type, id, title, university, fields } = row;
    const values = fields
      .filter(({ field }) => !isSystemField(field))
      .flatMap((difference) => [
        fieldName(difference.field),
        ...allSides.flatMap((side) => textsOf(type, difference.field, difference[side], names)),
      ]);
    const texts = [displayTitle(title, type), id, university ?? '', typeName(type), ...values];
    return { row, words: foldText([...new Set(texts)].join('\n')) };
  });
}
