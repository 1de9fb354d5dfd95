import type { Json, JsonObject } from '#shared/domain/json.ts';
import { titleOf } from '#shared/domain/title.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../db/connection.ts';
import { locate } from './locate.ts';

/** What a person calls a record; an interface is called by what it joins. */
export function readTitle(db: ReadHandle, type: AuditedType, payload: JsonObject): string {
  if (type !== 'interface') return titleOf(type, payload);
  return joinTitles(endTitle(db, payload.from), endTitle(db, payload.to));
}

export function joinTitles(from: string, to: string): string {
  return `${from} → ${to}`;
}

function endTitle(db: ReadHandle, id: Json | undefined): string {
  if (typeof id !== 'string') return '?';
  const found = locate(db, id);
  return (found && titleOf(found.type, found.payload)) || id;
}
