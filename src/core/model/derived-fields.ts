import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldsOf, storedFile } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isCrossUniversity } from '#shared/domain/interfaces.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { isReferenceKind, referencedIds, titlesKey } from '#shared/domain/references.ts';
import { stateFields } from '#shared/domain/states.ts';
import { linkTitle, titleOf } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { RecordRow } from '../kernel/db/schema.ts';
import { readLinkNames, readNames } from './names.ts';
import type { RecordName } from './names.ts';
import { emptiedFields } from './dependants.ts';
import { fieldExpression, listedStudents } from './filters.ts';
import { readTallies } from './tallies.ts';

export type NameLookup = (ids: Iterable<string>) => Map<string, RecordName>;

/** Parses rows of one table into records and adds derived values. Runs a fixed number of queries, whatever the number of rows. */
export function toRecords(
  db: ReadHandle,
  type: EntityType,
  rows: readonly RecordRow[],
  namesOf: NameLookup = (ids) => readNames(db, ids),
): EntityRecord[] {
  const payloads = rows.map((row) => JSON.parse(row.payload) as JsonObject);
  const fields = fieldsOf(type).filter(isReferenceKind);
  const ids = payloads.flatMap((payload) => fields.flatMap((field) => referencedIds(payload[field.key])));
  const names = namesOf(ids);
  if (type === 'interface') addUniversities(namesOf, names);
  if (fields.some(({ to }) => to === 'record'))
    for (const [id, name] of readLinkNames(db, ids, namesOf)) names.set(id, name);
  const tallies = readTallies(
    db,
    type,
    rows.map((row) => row.id),
  );
  const unsized = rows.flatMap(({ id }, index) =>
    type === 'team' && (payloads[index]?.size ?? null) === null ? [id] : [],
  );
  const sizes = readListedSizes(db, unsized);
  const state = stateFields[type];
  const openTasks = type === 'task' ? readOpenTasks(db, ids) : null;
  const changers = type === 'comment' ? readChangers(db, rows) : null;
  return rows.map((row, index) => {
    const payload = withEmptyReferences(type, payloads[index] as JsonObject, names);
    const derived: Record<string, Json> = { ...tallies.get(row.id) };
    for (const field of fields) {
      const value = payload[field.key];
      const titles = referencedIds(value).map((id) => shownTitle(field, names.get(id)));
      if (field.kind === 'references') {
        if (titles.length > 0) derived[titlesKey(field)] = titles;
      } else if (typeof value === 'string') derived[titlesKey(field)] = titles[0] ?? null;
    }
    if (state) derived[state.key] = state.of(payload);
    if (openTasks && isOpenTask(payload) && referencedIds(payload.after).some((id) => openTasks.has(id)))
      derived.blocked = true;
    const listed = sizes.get(row.id) ?? 0;
    if (listed > 0) derived.listed_size = listed;
    if (type === 'document') derived.file = storedFile.safeParse(payload.file).data?.name ?? null;
    const changer = changers?.get(row.id);
    if (changer !== undefined && changer !== payload.author) derived.changed_by = changer;
    const title = type === 'interface' ? addEnds(derived, payload, names) : titleOf(type, payload);
    const { id, university_id, created_at, updated_at, deleted_at } = row;
    const hidden = deleted_at === null && row.hidden === 1;
    return { id, type, title, university_id, payload, derived, created_at, updated_at, deleted_at, hidden };
  });
}

const openTasksQuery = `SELECT r.id FROM tasks r WHERE r.id IN (SELECT value FROM json_each(?))
  AND ${visibleCondition('r')} AND ${fieldExpression('task', 'state')} IN ('planned', 'started')`;

/** Those of the tasks that are neither done nor dropped. */
const readOpenTasks = (db: ReadHandle, ids: readonly string[]): Set<string> =>
  new Set(db.column<string>(openTasksQuery, [JSON.stringify(ids)]));

const isOpenTask = (payload: JsonObject): boolean =>
  ['planned', 'started'].includes(stateFields.task?.of(payload) ?? '');

/** By id, the students of the teams that state no size. */
function readListedSizes(db: ReadHandle, teams: readonly string[]): Map<string, number> {
  if (teams.length === 0) return new Map();
  const query = `SELECT value AS id, (${listedStudents('value')}) AS count FROM json_each(?)`;
  const rows = db.all<{ id: string; count: number }>(query, [JSON.stringify(teams)]);
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Sync writes values of others as the signed-in user, so its rows say nothing about who changed a record. */
const changersQuery = `SELECT l.entity_id AS id, coalesce((SELECT name FROM profiles WHERE id = l.actor), l.actor) AS name
  FROM audit_logs l WHERE l.id IN (SELECT max(u.id) FROM json_each(?) JOIN audit_logs u ON u.entity_id = value
  WHERE u.action = 'update' AND (SELECT label FROM audit_transactions WHERE id <= u.id ORDER BY id DESC LIMIT 1) NOT LIKE 'sync.%'
  GROUP BY u.entity_id)`;

/** The names of those who changed each record last, by the log. */
function readChangers(db: ReadHandle, rows: readonly RecordRow[]): Map<string, string> {
  const changers = db.all<{ id: string; name: string }>(changersQuery, [
    JSON.stringify(rows.map(({ id }) => id)),
  ]);
  return new Map(changers.map(({ id, name }) => [id, name]));
}

/** The title shown for a reference. Lists of references omit deleted and hidden records. */
function shownTitle({ kind }: Field, name: RecordName | undefined): string | null {
  return kind === 'references' && name?.deleted !== false ? null : (name?.title ?? null);
}

/** A reference to a deleted or hidden record reads as empty; the stored payload keeps it. */
function withEmptyReferences(
  type: EntityType,
  payload: JsonObject,
  names: Map<string, RecordName>,
): JsonObject {
  // A comment outlives its record, although the reference is required.
  const fields = type === 'comment' ? ['record_id'] : emptiedFields(type);
  const emptyFields = fields.filter((key) => {
    const id = payload[key];
    return typeof id === 'string' && names.get(id)?.deleted !== false;
  });
  return emptyFields.length === 0
    ? payload
    : { ...payload, ...Object.fromEntries(emptyFields.map((key) => [key, null])) };
}

function addUniversities(namesOf: NameLookup, names: Map<string, RecordName>): void {
  const ids = [...names.values()]
    .map((name) => name.university_id)
    .filter((id) => id !== null && !names.has(id));
  for (const [id, name] of namesOf(ids as string[])) names.set(id, name);
}

function addEnds(derived: Record<string, Json>, payload: JsonObject, names: Map<string, RecordName>): string {
  const ends = (['from', 'to'] as const).map((side) => {
    const id = payload[side];
    const end = typeof id === 'string' ? names.get(id) : undefined;
    const university = end?.university_id ?? null;
    derived[`${side}_type`] = end?.type ?? null;
    // Set only for a deleted or hidden interface.
    if (end?.deleted) derived[`${side}_deleted`] = true;
    derived[`${side}_university`] = university;
    derived[`${side}_university_title`] = (university && names.get(university)?.title) ?? null;
    return { title: end?.title || (typeof id === 'string' ? id : '?'), university };
  });
  const [from, to] = ends as [(typeof ends)[number], (typeof ends)[number]];
  derived.is_cross_university = isCrossUniversity(from.university, to.university);
  return linkTitle(from.title, to.title, payload.description);
}
