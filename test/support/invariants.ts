import { expect } from 'vitest';
import type Database from 'better-sqlite3';
import { fieldsOf } from '#shared/domain/entities.ts';
import { isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
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
  expectDerived(db, live);
  expectUniversities(db, live);
}

const dangling: Partial<Record<AuditedType, string>> = {
  team: 'project_id',
  student: 'team_id',
  outcome: 'project_id',
  profile: 'university_id',
};

/**
 * What a record refers to is known, deleted or not; an interface joins two different records; and the columns `hidden` and `dangling` are what the
 * rule of the derived cascade says, worked out from deletions alone.
 */
function expectDerived(db: Database.Database, live: ReadonlyMap<string, LiveRow>): void {
  const isVisible = (id: unknown): boolean => {
    const row = live.get(String(id));
    return row !== undefined && row.deleted_at === null && !isHidden(row);
  };
  const isHidden = (row: LiveRow): boolean => {
    const { from, to, university_id: of } = payloadOf(row);
    if (row.type === 'interface') return !isVisible(from) || !isVisible(to);
    return row.type !== 'university' && isEntityType(row.type) && typeof of === 'string' && !isVisible(of);
  };
  for (const row of live.values()) {
    if (row.deleted_at !== null) continue;
    const { type, id } = row;
    const payload = payloadOf(row);
    const columns = db.prepare(`SELECT * FROM ${tableOf[type]} WHERE id = ?`).get(id) as Payload;
    if (isEntityType(type)) {
      expect(columns['hidden'], `whether ${type} ${id} is hidden`).toBe(Number(isHidden(row)));
      for (const { key, kind } of fieldsOf(type)) {
        const target = payload[key];
        if (kind === 'reference' && typeof target === 'string')
          expect(live.has(target), `${key} of ${type} ${id}, which is ${target}`).toBe(true);
      }
      if (type === 'interface') expect(payload['from'], id).not.toBe(payload['to']);
    }
    const target = payload[dangling[type] ?? ''] ?? null;
    const dangles = Number(target !== null && !isVisible(target));
    expect(columns['dangling'] ?? 0, `whether a reference of ${type} ${id} dangles`).toBe(dangles);
  }
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
