import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Wanted } from '../compare/choose.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { pastOf } from './past.ts';
import type { Point } from '../model/point-in-time.ts';

/** What people keep and share; not who may act, nor the workspace's name and upkeep. */
export const comesBack = (type: AuditedType): boolean =>
  isEntityType(type) || type === 'view' || type === 'position';

/** Payloads of those records that were there at a moment. */
export function payloadsAt(db: ReadHandle, ids: readonly string[], { end }: Point): Map<string, JsonObject> {
  const past = [...pastOf(db, ids, end)].filter(([, { deleted_at }]) => deleted_at === null);
  return new Map(past.map(([id, { payload }]) => [id, JSON.parse(payload) as JsonObject]));
}

/** What is to be done to a record so that it is as it was; nothing where it is. */
export function wantedOf(db: ReadHandle, type: AuditedType, id: string, then: JsonObject | null): Wanted[] {
  const record = locateIn(db, type, id);
  const now = record && !record.deleted ? record.payload : null;
  const about = { type, id, twoTypes: false, payload: then };
  if (!now || !then) return now || then ? [{ ...about, patch: null }] : [];
  if (jsonEqual(now, then)) return [];
  const set = Object.entries(then).filter(
    ([field, value]) => !Object.hasOwn(now, field) || !jsonEqual(now[field], value),
  );
  const unset = Object.keys(now).filter((field) => !Object.hasOwn(then, field));
  return [{ ...about, patch: { set: Object.fromEntries(set), unset } }];
}
