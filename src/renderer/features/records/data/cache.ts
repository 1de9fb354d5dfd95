import type { EntityRecord } from '#shared/contract/record.ts';
import type { Json } from '#shared/domain/json.ts';
import { keys, queries } from '../../../stores/queries.ts';
import type { Page } from './rows.ts';

type Change = (record: EntityRecord) => EntityRecord;

/** Changes a record wherever the window holds it. Gives a function that puts it back. */
export function changeCached(id: string, change: Change): () => void {
  const before = queries.getQueryData<EntityRecord>(keys.record(id));
  if (before) queries.setQueryData(keys.record(id), change(before));
  const pages = queries.getQueriesData<Page>({ queryKey: keys.lists });
  const touched: [readonly unknown[], EntityRecord][] = [];
  for (const [key, page] of pages) {
    const row = page?.rows.find((record) => record.id === id);
    if (!page || !row) continue;
    touched.push([key, row]);
    queries.setQueryData<Page>(key, swapped(page, change(row)));
  }
  return () => {
    if (before) queries.setQueryData(keys.record(id), before);
    for (const [key, row] of touched) {
      queries.setQueryData<Page>(key, (page) => page && swapped(page, row));
    }
  };
}

function swapped(page: Page, record: EntityRecord): Page {
  return { ...page, rows: page.rows.map((row) => (row.id === record.id ? record : row)) };
}

/** A record with one field set, or taken out when `value` is undefined. */
export function withField(record: EntityRecord, field: string, value: Json | undefined): EntityRecord {
  const { [field]: _, ...others } = record.payload;
  const payload = value === undefined ? others : { ...others, [field]: value };
  return { ...record, payload };
}

/** Has a record read again wherever it is shown. */
export function readAgain(id: string): void {
  for (const queryKey of [keys.record(id), keys.lists]) void queries.invalidateQueries({ queryKey });
}

/** Puts what core answered in the place of what was guessed. */
export function storeCached(record: EntityRecord): void {
  changeCached(record.id, () => record);
  queries.setQueryData(keys.record(record.id), record);
}
