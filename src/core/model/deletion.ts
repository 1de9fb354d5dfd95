import type { z } from 'zod';
import type { CameBack } from '#shared/contract/entities.ts';
import type { remove } from '#shared/contract/entities.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { liveRecord, patchRecord } from './commands.ts';
import { countByTable, countDependants, findDependants } from './dependants.ts';
import type { RecordKey } from './dependants.ts';
import { assertMayChange } from './permissions.ts';
import { readTitle } from './titles.ts';
import { danglingReferences, invalidFault } from './validate.ts';

type Counts = Omit<z.infer<(typeof remove)['~orpc']['outputSchema'] & z.ZodType>, 'op_id' | 'title'>;

export interface Deleted extends Counts {
  removed: number;
  retired: number;
}

interface Deleting {
  withContents?: boolean;
  retire?: boolean;
}

const maxNamed = 3;

function inUse(db: ReadHandle, university: Located, contents: readonly RecordKey[]): Fault<'IN_USE'> {
  const title = readTitle(db, university.type, university.payload);
  const records = contents.slice(0, maxNamed).map(({ type, id }) => {
    return { type, id, title: readTitle(db, type, locateIn(db, type, id)?.payload ?? {}) };
  });
  return new Fault('IN_USE', { id: university.id, title, counts: countByTable(contents), records });
}

/** Deletes visible records; dependants are hidden. Yields the number done. Throws NOT_FOUND, FORBIDDEN, IN_USE. */
export function* deleteRecords(
  write: WriteContext,
  keys: readonly RecordKey[],
  { withContents = false, retire = false }: Deleting = {},
): Generator<number, Deleted, void> {
  const { db, actor } = write;
  const each = [...new Map(keys.map((key) => [key.id, key])).values()];
  const leaving = each.filter(({ type }) => retire && type === 'student');
  // Before their teams are deleted, while all references still resolve.
  for (const { id } of leaving)
    patchRecord(write, liveRecord(db, 'student', id), { set: { active: false }, unset: [] });
  const deleting = each.filter((key) => !leaving.includes(key));
  const records = deleting.map(({ type, id }) => {
    const record = liveRecord(db, type, id);
    assertMayChange(db, actor, { type, id, before: record.payload, after: null });
    return record;
  });
  const dependants = yield* findDependants(db, records);
  if (!withContents && dependants.contents.length > 0) {
    for (const university of records.filter(({ type }) => type === 'university')) {
      const own = dependants.contents.filter(
        ({ type, id }) => locateIn(db, type, id)?.payload['university_id'] === university.id,
      );
      if (own.length > 0) throw inUse(db, university, own);
    }
  }
  const counts = countDependants(dependants);
  const [first] = records;
  if (first && each.length === 1) {
    const { type, id, payload } = first;
    const title = readTitle(db, type, payload);
    const contents = dependants.contents.length;
    write.audit.label(`${type}.delete`, { type, id, title, links: counts.links, contents });
  } else if (first) {
    const sameType = records.every(({ type }) => type === first.type);
    write.audit.label('records.remove', {
      ...(sameType ? { type: first.type } : {}),
      count: records.length,
      links: counts.links,
      references: counts.references,
      ...(leaving.length > 0 ? { retired: leaving.length } : {}),
    });
  } else write.audit.label('records.edit', { type: 'student', count: leaving.length, fields: ['active'] });
  let removed = 0;
  for (const record of records) {
    write.records.remove(record);
    yield ++removed;
  }
  return { removed, retired: leaving.length, ...counts };
}

interface Restoring {
  /** First restores the records that would keep it hidden. */
  withReferences?: boolean;
}

/** Restores deleted records. Throws NOT_FOUND, ALREADY, FORBIDDEN, and INVALID if one stays hidden by another deleted one. */
export function* restoreRecords(
  write: WriteContext,
  keys: readonly RecordKey[],
  { withReferences = false }: Restoring = {},
): Generator<number, CameBack, void> {
  const restored = new Map<string, Located>();
  let done = 0;
  for (const { type, id } of keys) {
    // It may have been restored already, as a reference of an earlier one.
    if (!restored.has(id)) restoreOne(write, { type, id }, withReferences, restored);
    yield ++done;
  }
  const dependants = yield* findDependants(write.db, [...restored.values()]);
  const { links, contents } = countDependants(dependants);
  const [first] = keys;
  if (first && keys.length === 1) {
    const title = readTitle(write.db, first.type, restored.get(first.id)?.payload ?? {});
    const others = dependants.contents.length + restored.size - 1;
    const label = { type: first.type, id: first.id, title, links };
    write.audit.label(`${first.type}.restore`, { ...label, ...(others > 0 ? { contents: others } : {}) });
  } else if (first) {
    const counts = dependants.contents.length > 0 ? { contents: dependants.contents.length } : {};
    write.audit.label('records.restore', { type: first.type, count: keys.length, links, ...counts });
  }
  return { links, contents };
}

function restoreOne(
  write: WriteContext,
  { type, id }: RecordKey,
  withReferences: boolean,
  restored: Map<string, Located>,
): void {
  const { db, actor } = write;
  const record = locateIn(db, type, id);
  if (!record) throw new Fault('NOT_FOUND', { type, id });
  if (!record.deleted && !record.hidden) throw new Fault('ALREADY', { id, state: 'live' });
  assertMayChange(db, actor, { type, id, before: null, after: record.payload });
  const hiders = hidersOf(db, record);
  for (const { gone } of withReferences ? hiders : [])
    if (gone && locateRecord(db, gone.id)?.deleted)
      restoreOne(write, { type: gone.type as EntityType, id: gone.id }, true, restored);
  const left = hidersOf(db, record);
  const hidden = record.hidden ? `"${readTitle(db, type, record.payload)}" is only hidden: ` : '';
  if (left.length > 0)
    throw invalidFault(
      left.map((issue) => ({ ...issue, message: `${hidden}${issue.message}; restore it first` })),
    );
  if (record.deleted) write.records.restore(record);
  restored.set(id, record);
}

/** The records that keep a record hidden: its university, and both ends of an interface with their universities. */
export function hidersOf(db: ReadHandle, { type, payload }: Pick<Located, 'type' | 'payload'>): Issue[] {
  const fields = type === 'interface' ? ['from', 'to'] : ['university_id'];
  return danglingReferences(db, type, payload, { only: new Set(fields) }).flatMap((issue) => {
    const hider = issue.gone && locateRecord(db, issue.gone.id);
    if (!hider || hider.deleted) return [issue];
    return hidersOf(db, hider).map((one) => ({ ...one, path: `${issue.path}.${one.path}` }));
  });
}
