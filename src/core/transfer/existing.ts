import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';
import { locateIn } from '../entities/locate.ts';
import type { Lookup } from './claims.ts';

/**
 * A look-up of what the workspace has under an id, live or deleted, made for asking some hundred thousand times: which ids
 * there are is read once, so that a new id costs no query. Profiles count too: an id is unique across all that is audited.
 */
export function lookupIn(db: ReadHandle): Lookup {
  const types = new Map<string, AuditedType>();
  for (const type of auditedTypes) {
    for (const id of db.column<string>(`SELECT id FROM ${tableOf[type]}`)) types.set(id, type);
  }
  return (id) => {
    const type = types.get(id);
    return type && locateIn(db, type, id);
  };
}
