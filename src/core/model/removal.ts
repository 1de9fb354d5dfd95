import { Fault } from '#shared/contract/faults.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { liveRecord } from './commands.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { permit } from './permissions.ts';
import { readTitle } from './titles.ts';

/** Fields by which records refer to others, and that are emptied when those go. */
export const emptiedWith: readonly { type: EntityType; field: string; to: EntityType }[] = [
  { type: 'student', field: 'team_id', to: 'team' },
  { type: 'team', field: 'project_id', to: 'project' },
  { type: 'outcome', field: 'project_id', to: 'project' },
];

/** Fields that refer to a record of a type and are emptied when it goes: its university's records go with it instead. */
const references: readonly { type: AuditedType; field: string; to: EntityType }[] = [
  { type: 'profile', field: 'university_id', to: 'university' },
  ...emptiedWith,
];

/** Types of what belongs to a university, and goes with it; what refers before what it refers to. */
export const contentTypes: readonly EntityType[] = [
  'student',
  'outcome',
  'faculty',
  'team',
  'project',
  'risk-factor',
  'factor-model',
];

/** Types in the order in which records go: what refers before what it refers to, so that undo brings it back after that. */
export const removalOrder: readonly EntityType[] = ['interface', ...contentTypes, 'university'];

/** Everything that goes or changes when a record is deleted. */
export interface Removal {
  record: Located;
  contents: Located[];
  links: Located[];
  references: { record: Located<AuditedType>; field: string }[];
}

const inType = <T extends AuditedType>(db: ReadHandle, type: T, ids: readonly string[]): Located<T>[] =>
  ids.map((id) => locateIn(db, type, id) as Located<T>);

function linksOf(db: ReadHandle, id: string): string[] {
  const query = `SELECT id FROM interfaces WHERE from_id = :id AND deleted_at IS NULL
    UNION SELECT id FROM interfaces WHERE to_id = :id AND deleted_at IS NULL`;
  return db.column<string>(query, { id });
}

/** What deleting the live record would take along. */
export function planRemoval(db: ReadHandle, type: EntityType, id: string): Removal {
  const record = liveRecord(db, type, id);
  const contents: Located[] = [];
  if (type === 'university') {
    for (const kind of contentTypes) {
      const query = `SELECT id FROM ${tableOf[kind]} WHERE university_id = ? AND deleted_at IS NULL ORDER BY id`;
      contents.push(...inType(db, kind, db.column<string>(query, [id])));
    }
  }
  const going = new Set([id, ...contents.map((one) => one.id)]);
  const linkIds = new Set([...going].flatMap((one) => linksOf(db, one)));
  const emptied: Removal['references'] = [];
  for (const { type: kind, field, to } of references) {
    const query = `SELECT id FROM ${tableOf[kind]} WHERE ${field} = ? AND deleted_at IS NULL ORDER BY id`;
    for (const target of [record, ...contents]) {
      if (target.type !== to) continue;
      const ids = db.column<string>(query, [target.id]).filter((one) => !going.has(one));
      emptied.push(...inType(db, kind, ids).map((one) => ({ record: one, field })));
    }
  }
  return { record, contents, links: inType(db, 'interface', [...linkIds].sort()), references: emptied };
}

/**
 * What deleting live records of a type would take along altogether, each once: two of them may share a link. Yields how many it has
 * looked at.
 */
export function* planRemovals(
  db: ReadHandle,
  type: EntityType,
  ids: readonly string[],
): Generator<number, Omit<Removal, 'record'>, void> {
  const removals: Removal[] = [];
  for (const id of new Set(ids)) yield removals.push(planRemoval(db, type, id));
  const contents = removals.flatMap((removal) => removal.contents);
  const links = new Map(removals.flatMap((removal) => removal.links).map((link) => [link.id, link]));
  const going = new Set([...ids, ...contents.map(({ id }) => id)]);
  const references = removals.flatMap((removal) => removal.references);
  return {
    contents,
    links: [...links.values()],
    references: references.filter(({ record }) => !going.has(record.id)),
  };
}

export function countByTable(records: readonly Pick<Located, 'type'>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of records) counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
  return counts;
}

/**
 * Refuses what may not be deleted: FORBIDDEN, and IN_USE for a university that still has records which are not `meant` themselves, unless
 * told to take them along.
 */
export function checkRemoval(
  write: WriteContext,
  { record, contents }: Removal,
  withContents: boolean,
  meant: ReadonlySet<string> = new Set(),
): void {
  const { type, id, payload } = record;
  permit(write.db, write.actor, { type, id, before: payload, after: null });
  const others = contents.filter((one) => !meant.has(one.id));
  if (others.length === 0 || withContents) return;
  throw inUse(readTitle(write.db, type, payload), id, others, (one) =>
    readTitle(write.db, one.type, one.payload),
  );
}

/** Most of what a university still has that is named. */
const named = 3;

function inUse(
  title: string,
  id: string,
  others: readonly Located[],
  titleOf: (one: Located) => string,
): Fault<'IN_USE'> {
  const records = others.slice(0, named).map((one) => ({ type: one.type, id: one.id, title: titleOf(one) }));
  const more = others.length - records.length;
  const names = records
    .map((one) => `${one.type} ${one.title === '' ? '' : `"${one.title}" `}(${one.id})`)
    .join(', ');
  const which = more > 0 ? `${names} and ${more} more` : names;
  const [count, what] = others.length === 1 ? ['1 record', 'it'] : [`${others.length} records`, 'them'];
  const message = `"${title}" still has ${count}: ${which}. Move ${what} first, or delete ${what} too.`;
  return new Fault('IN_USE', message, { id, title, counts: countByTable(others), records });
}

/** Deletes a record and what hangs on it. Throws IN_USE for a university that still has records, unless told to take them. */
export function removeRecord(
  write: WriteContext,
  type: EntityType,
  id: string,
  withContents: boolean,
): Removal {
  const removal = planRemoval(write.db, type, id);
  const { record, contents } = removal;
  checkRemoval(write, removal, withContents);
  const title = readTitle(write.db, type, record.payload);
  applyRemoval(write, removal);
  const links = removal.links.length;
  write.audit.label(`${type}.delete`, { type, id, title, links, contents: contents.length });
  return removal;
}

/**
 * Writes a removal: references first, then interfaces, what belongs to the record, and the record itself last. `meta` says why
 * the record itself goes, when it goes because of another; `university` is what it belongs to, when that is known.
 */
export function applyRemoval(
  write: WriteContext,
  removal: Removal,
  meta: string | null = null,
  university?: string | null,
): void {
  const because = JSON.stringify({ because: removal.record.id });
  for (const { record, field } of removal.references) {
    write.records.update(record, { [field]: null }, [], because);
  }
  for (const link of removal.links) write.records.remove(link, because);
  for (const one of removal.contents) write.records.remove(one, because);
  write.records.remove(removal.record, meta, university);
}
