import { foldText } from '#shared/domain/fold.ts';
import { parseAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Profile } from '#shared/contract/workspace.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { queryFor, queryClient } from '../../../stores/queries.ts';
import { fieldName, roleName, displayTitle, typeName } from '../../../text/names.ts';
import { notesLines } from '../../../text/notes-lines.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { filterValueText } from '../../records/filters/model.ts';
import { idsInFilters } from '../../records/filters/value-names.ts';
import { addressLines, filterLine, filtersOf, layoutLines } from '../../view-words/SavedView.tsx';
import { isReference, isSystemField } from './summary.ts';

const pageSize = 1000;
const namedTypes = entityTypes.filter((type) => type !== 'interface');
const sides = ['base', 'live', 'play'] as const;

/** A differing record with its searchable text. */
export interface DescribedDifference<Row> {
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
  for (let from = 0; from < ids.length; from += pageSize) {
    const filters = [{ field: 'id', op: 'in' as const, value: ids.slice(from, from + pageSize) }];
    const lists = await Promise.all(
      namedTypes.map((type) => api.entities.list({ type, filters, deleted: 'with', limit: pageSize })),
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
      for (const side of sides)
        for (const id of idsIn(type, difference.field, difference[side]))
          if (!names.has(id)) unknownIds.add(id);
  for (const { id, title } of await fetchRecords([...unknownIds])) names.set(id, title);
  for (const { id, name } of await fetchOwners(rows)) names.set(id, name);
  return names;
}

/** Words for differing records: names, kinds, fields and their values on each side. */
export async function describeDifferences<Row extends Difference>(
  rows: readonly Row[],
): Promise<DescribedDifference<Row>[]> {
  const names = await fetchNames(rows);
  return rows.map((row) => {
    const { type, id, title, university, fields } = row;
    const values = fields
      .filter(({ field }) => !isSystemField(field))
      .flatMap((difference) => [
        fieldName(difference.field),
        ...sides.flatMap((side) => textsOf(type, difference.field, difference[side], names)),
      ]);
    const texts = [displayTitle(title, type), id, university ?? '', typeName(type), ...values];
    return { row, words: foldText([...new Set(texts)].join('\n')) };
  });
}
