import { expect } from 'vitest';
import type Database from 'better-sqlite3';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { LiveRow } from './live.ts';
import { readLive } from './live.ts';
import { replayAudit } from './replay.ts';

type Payload = Record<string, unknown>;
const payloadOf = (row: LiveRow): Payload => JSON.parse(row.payload) as Payload;
const sorted = <V>(map: ReadonlyMap<string, V>): [string, V][] =>
  [...map].toSorted(([left], [right]) => (left < right ? -1 : 1));

/** What must hold of a workspace's file whatever has been done to it, read past core. */
export function expectSound(db: Database.Database): void {
  const live = readLive(db);
  expect(sorted(replayAudit(db)), 'the audit replayed from empty gives the live tables').toEqual(
    sorted(live),
  );
  for (const row of live.values()) if (row.deleted_at === null) expectReferences(live, row);
  expectUniversities(db, live);
}

/** Live records refer to live ones only, and an interface joins two different ones. */
function expectReferences(live: ReadonlyMap<string, LiveRow>, row: LiveRow): void {
  if (!isEntityType(row.type)) return;
  const payload = payloadOf(row);
  for (const { key, kind } of fieldsOf(row.type)) {
    const id = payload[key];
    if (kind !== 'reference' || typeof id !== 'string') continue;
    expect(live.get(id)?.deleted_at, `${key} of ${row.type} ${row.id}, which is ${id}`).toBeNull();
  }
  if (row.type === 'interface') expect(payload['from'], row.id).not.toBe(payload['to']);
}

interface AuditedRow {
  id: number;
  entity_type: string;
  entity_id: string;
  university_id: string | null;
  payload_before: string | null;
  payload_after: string | null;
}

/** Every audit row names the university that the record belonged to, where it belonged to one. */
function expectUniversities(db: Database.Database, live: ReadonlyMap<string, LiveRow>): void {
  for (const row of db.prepare('SELECT * FROM audit_logs').all() as AuditedRow[]) {
    const said = `audit row ${row.id}`;
    if (row.entity_type === 'university') expect(row.university_id, said).toBe(row.entity_id);
    const whole = JSON.parse(row.payload_after ?? row.payload_before ?? '{}') as Payload;
    if (row.entity_type === 'interface') {
      const ends = [whole['from'], whole['to']].map((end) => live.get(String(end)));
      const known = ends.some(
        (end) => end?.type === 'team' && typeof payloadOf(end)['university_id'] === 'string',
      );
      // An end may have changed hands since; that there is a university at all is what can be told from here.
      if (known && row.university_id === null) expect(everNull(db, ends), said).toBe(true);
    } else if (typeof whole['university_id'] === 'string') {
      expect(row.university_id, said).toBe(whole['university_id']);
    }
  }
}

/** Whether one of the ends was without a university at some time: made without one, or given or deprived of one by a change. */
function everNull(db: Database.Database, ends: readonly (LiveRow | undefined)[]): boolean {
  const query = db.prepare(
    'SELECT action, payload_before, payload_after FROM audit_logs WHERE entity_id = ?',
  );
  const rows = ends.flatMap((end) => query.all(end?.id ?? '') as (AuditedRow & { action: string })[]);
  const without = (text: string | null): boolean =>
    typeof (JSON.parse(text ?? '{}') as Payload)['university_id'] !== 'string';
  return rows.some(({ action, payload_before, payload_after }) => {
    if (action === 'create') return without(payload_after);
    const told = [payload_before, payload_after].some(
      (text) => text !== null && Object.hasOwn(JSON.parse(text) as Payload, 'university_id'),
    );
    return action === 'update' && told && (without(payload_before) || without(payload_after));
  });
}
