import type { EmptiedRecord, Emptying, SyncScope } from '#shared/contract/server/sync.ts';
import { erasedText } from '#shared/domain/erased.ts';
import type { Json } from '#shared/domain/json.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type { HistoryRow, StoredEmptying, SyncStorage } from './storage.ts';

/** Adds the values that the server's history still has of each emptied text. Nulls stay. */
export async function readEmptyings(
  storage: SyncStorage,
  { universities }: SyncScope,
  emptyings: readonly (StoredEmptying | null)[],
): Promise<(Emptying | null)[]> {
  const ids = [...new Set(emptyings.flatMap((emptying) => emptying?.ids ?? []))];
  if (ids.length === 0)
    return emptyings.map((emptying) => (emptying === null ? null : withRecords(emptying, [])));
  const rowsById = Map.groupBy(await storage.historiesOf(universities, ids), ({ id }) => id);
  const records = new Map([...rowsById].map(([id, rows]) => [id, emptiedRecord(id, rows)]));
  return emptyings.map((emptying) =>
    emptying === null
      ? null
      : withRecords(
          emptying,
          emptying.ids.flatMap((id) => records.get(id) ?? []),
        ),
  );
}

const withRecords = ({ person, mentions }: StoredEmptying, records: readonly EmptiedRecord[]): Emptying => ({
  person,
  mentions,
  records: [...records],
});

function emptiedRecord(id: string, rows: readonly HistoryRow[]): EmptiedRecord {
  const [{ type }] = rows as [HistoryRow];
  const sidesOf = ({ before, after }: HistoryRow) => [before ?? {}, after ?? {}];
  const emptiedFields = new Set(
    rows
      .filter(({ emptied }) => emptied)
      .flatMap((row) => sidesOf(row).flatMap((side) => Object.entries(side)))
      .flatMap(([field, value]) => (isEmptied(type, field, value) ? [field] : [])),
  );
  const values: EmptiedRecord['values'] = {};
  for (const field of emptiedFields) {
    const kept = rows.flatMap((row) =>
      sidesOf(row).flatMap((side) => (side[field] === undefined ? [] : [side[field]])),
    );
    values[field] = [...new Map(kept.map((value) => [canonicalJson(value), value])).values()];
  }
  return { type, id, values };
}

/** From a shared sandbox, the changes of the person's own record are removed without a trace. */
const isEmptied = (type: HistoryRow['type'], field: string, value: Json): boolean =>
  JSON.stringify(value).includes(erasedText) || (type === 'shared-sandbox' && field === 'changes');
