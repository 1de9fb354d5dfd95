import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Lookup } from './claims.ts';

/** Ids read between two pauses. */
const slice = 4000;

/**
 * A look-up of what the workspace has under an id, live or deleted, made for asking some hundred thousand times: which ids
 * there are is read once, so that a new id costs no query. Profiles count too: an id is unique across all that is audited. Yields
 * how many ids it has read.
 */
export function* lookupIn(db: ReadHandle): Generator<number, Lookup, void> {
  const types = new Map<string, AuditedType>();
  for (const type of auditedTypes) {
    const query = `SELECT id FROM ${tableOf[type]} WHERE id > ? ORDER BY id LIMIT ${slice}`;
    for (let last: string | undefined = ''; last !== undefined;) {
      const ids: string[] = db.column<string>(query, [last]);
      for (const id of ids) types.set(id, type);
      last = ids.length === slice ? ids.at(-1) : undefined;
      yield types.size;
    }
  }
  return (id) => {
    const type = types.get(id);
    return type && locateIn(db, type, id);
  };
}
