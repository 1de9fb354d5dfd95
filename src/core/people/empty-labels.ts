import { erasedText, isErased } from '#shared/domain/erased.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import type { Eraser } from '../log/records/eraser.ts';

/** Parameters of labels that hold values of the changed records. */
const valueKeys: ReadonlySet<string> = new Set(['title', 'was', 'became']);

const transactionsQuery = `SELECT DISTINCT (SELECT max(id) FROM audit_transactions WHERE id <= log.id) FROM audit_logs log
  WHERE entity_id = ?`;
const changedQuery = 'SELECT DISTINCT entity_id FROM audit_logs WHERE id >= ? AND id < ?';

/**
 * Empties the labels of changes of which all records are purged, also by an earlier purge: those of older versions left the titles. The
 * label of a change of several records has only values that all of them share.
 */
export function emptyLabels(db: ReadHandle, eraser: Eraser): void {
  const purged = readPurged(db);
  const transactions = new Set([...purged].flatMap((id) => db.column<number>(transactionsQuery, [id])));
  for (const id of transactions) {
    const { params: text, changes } = db.get<{ params: string | null; changes: number }>(
      'SELECT params, changes FROM audit_transactions WHERE id = ?',
      [id],
    ) ?? { params: null, changes: 0 };
    const params = parsePayload(text);
    const emptied = withoutValues(params);
    if (emptied === params) continue;
    const changed = db.column<string>(changedQuery, [id, id + changes]);
    if (changed.every((record) => purged.has(record))) eraser.redactParams(id, emptied);
  }
}

/** Ids of the deleted records without contents, and of the positions of such nodes. */
function readPurged(db: ReadHandle): ReadonlySet<string> {
  const existing = tablesIn(db);
  const purged = new Set<string>();
  for (const type of auditedTypes.filter((one) => existing.has(tableOf[one])))
    for (const { id, payload } of db.all<{ id: string; payload: string }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NOT NULL`,
    ))
      if (isErased(parsePayload(payload))) purged.add(id);
  for (const { id, node_id } of db.all<{ id: string; node_id: string }>('SELECT id, node_id FROM positions'))
    if (purged.has(node_id)) purged.add(id);
  return purged;
}

/** Returns its argument if it has no values. */
function withoutValues(params: JsonObject): JsonObject {
  const emptied = Object.fromEntries(
    Object.entries(params).map(([key, value]): [string, Json] => {
      if (isJsonObject(value)) return [key, withoutValues(value)];
      return [key, valueKeys.has(key) && value !== null ? erasedText : value];
    }),
  );
  return Object.keys(params).some((key) => emptied[key] !== params[key]) ? emptied : params;
}
