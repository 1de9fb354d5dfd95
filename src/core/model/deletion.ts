import { targetValues, withProblem } from '#shared/texts/issues.ts';
import type { OutputOf } from '#shared/contract/base.ts';
import type { RestoredDependants } from '#shared/contract/entities.ts';
import type { remove } from '#shared/contract/entities.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Issue } from '#shared/contract/fault-data.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { visibleRecord, patchRecord } from './commands.ts';
import { countByTable, countDependants, findDependants } from './dependants.ts';
import type { RecordKey } from './dependants.ts';
import { assertCanChange } from './permissions.ts';
import { readTitle } from './titles.ts';
import { danglingIssues, invalidFault } from './validate.ts';

type DependantCounts = Omit<OutputOf<typeof remove>, 'op_id' | 'title'>;

export interface DeletionCounts extends DependantCounts {
  removed: number;
  retired: number;
}

interface DeleteOptions {
  withContents?: boolean;
  retire?: boolean;
}

const maxNamedRecords = 3;

function inUseFault(
  db: ReadHandle,
  university: LocatedRecord,
  contents: readonly RecordKey[],
): Fault<'IN_USE'> {
  const title = readTitle(db, university.type, university.payload);
  const records = contents.slice(0, maxNamedRecords).map(({ type, id }) => {
    return { type, id, title: readTitle(db, type, locateIn(db, type, id)?.payload ?? {}) };
  });
  return new Fault('IN_USE', { id: university.id, title, counts: countByTable(contents), records });
}

/** Deletes visible records; dependants are hidden. Yields the number done. Throws NOT_FOUND, FORBIDDEN, IN_USE. */
export function* deleteRecords(
  write: WriteContext,
  keys: readonly RecordKey[],
  { withContents = false, retire = false }: DeleteOptions = {},
): Generator<number, DeletionCounts, void> {
  const { db, actor } = write;
  const uniqueKeys = [...new Map(keys.map((key) => [key.id, key])).values()];
  const retiredKeys = uniqueKeys.filter(({ type }) => retire && type === 'student');
  // Students retire before their teams are deleted, while all references still resolve.
  for (const { id } of retiredKeys)
    patchRecord(write, visibleRecord(db, 'student', id), { set: { active: false }, unset: [] });
  const deletedKeys = uniqueKeys.filter((key) => !retiredKeys.includes(key));
  const records = deletedKeys.map(({ type, id }) => {
    const record = visibleRecord(db, type, id);
    assertCanChange(db, actor, { type, id, before: record.payload, after: null });
    return record;
  });
  const dependants = yield* findDependants(db, records);
  if (!withContents && dependants.contents.length > 0) {
    for (const university of records.filter(({ type }) => type === 'university')) {
      const ownContents = dependants.contents.filter(
        ({ type, id }) => locateIn(db, type, id)?.payload['university_id'] === university.id,
      );
      if (ownContents.length > 0) throw inUseFault(db, university, ownContents);
    }
  }
  const counts = countDependants(dependants);
  const [firstRecord] = records;
  if (firstRecord && uniqueKeys.length === 1) {
    const { type, id, payload } = firstRecord;
    const title = readTitle(db, type, payload);
    const contents = dependants.contents.length;
    write.audit.label(`${type}.delete`, { type, id, title, links: counts.links, contents });
  } else if (firstRecord) {
    const isSameType = records.every(({ type }) => type === firstRecord.type);
    write.audit.label('records.remove', {
      ...(isSameType ? { type: firstRecord.type } : {}),
      count: records.length,
      links: counts.links,
      references: counts.references,
      ...(retiredKeys.length > 0 ? { retired: retiredKeys.length } : {}),
    });
  } else
    write.audit.label('records.edit', { type: 'student', count: retiredKeys.length, fields: ['active'] });
  let removed = 0;
  for (const record of records) {
    write.records.remove(record);
    yield ++removed;
  }
  return { removed, retired: retiredKeys.length, ...counts };
}

interface RestoreOptions {
  /** First restores the records that would keep a restored record hidden. */
  withReferences?: boolean;
}

/** Restores deleted records. Throws NOT_FOUND, ALREADY, FORBIDDEN, and INVALID if another deleted record would keep one of them hidden. */
export function* restoreRecords(
  write: WriteContext,
  keys: readonly RecordKey[],
  { withReferences = false }: RestoreOptions = {},
): Generator<number, RestoredDependants, void> {
  const restoredById = new Map<string, LocatedRecord>();
  let done = 0;
  for (const { type, id } of keys) {
    // An earlier record can have restored this one already, as its reference.
    if (!restoredById.has(id)) restoreRecord(write, { type, id }, withReferences, restoredById);
    yield ++done;
  }
  const dependants = yield* findDependants(write.db, [...restoredById.values()]);
  const { links, contents } = countDependants(dependants);
  const [firstKey] = keys;
  if (firstKey && keys.length === 1) {
    const title = readTitle(write.db, firstKey.type, restoredById.get(firstKey.id)?.payload ?? {});
    const otherCount = dependants.contents.length + restoredById.size - 1;
    const label = { type: firstKey.type, id: firstKey.id, title, links };
    write.audit.label(`${firstKey.type}.restore`, {
      ...label,
      ...(otherCount > 0 ? { contents: otherCount } : {}),
    });
  } else if (firstKey) {
    const counts = dependants.contents.length > 0 ? { contents: dependants.contents.length } : {};
    write.audit.label('records.restore', { type: firstKey.type, count: keys.length, links, ...counts });
  }
  return { links, contents };
}

function restoreRecord(
  write: WriteContext,
  { type, id }: RecordKey,
  withReferences: boolean,
  restoredById: Map<string, LocatedRecord>,
): void {
  const { db, actor } = write;
  const record = locateIn(db, type, id);
  if (!record) throw new Fault('NOT_FOUND', { type, id });
  if (!record.deleted && !record.hidden) throw new Fault('ALREADY', { id, state: 'live' });
  const { payload } = record;
  assertCanChange(db, actor, { type, id, before: null, after: payload, recorded: payload });
  const issues = hidingIssues(db, record);
  for (const { gone } of withReferences ? issues : [])
    if (gone && locateRecord(db, gone.id)?.deleted)
      restoreRecord(write, { type: gone.type as EntityType, id: gone.id }, true, restoredById);
  const remainingIssues = hidingIssues(db, record);
  if (remainingIssues.length > 0)
    throw invalidFault(
      remainingIssues.map((issue) =>
        issue.gone ? withProblem(issue, 'restore_target', targetValues(issue.gone)) : issue,
      ),
    );
  if (record.deleted) write.records.restore(record);
  restoredById.set(id, record);
}

/** An issue for each record that keeps a record hidden: its university, and both ends of an interface with their universities. */
export function hidingIssues(
  db: ReadHandle,
  { type, payload }: Pick<LocatedRecord, 'type' | 'payload'>,
): Issue[] {
  const fields = type === 'interface' ? ['from', 'to'] : ['university_id'];
  return danglingIssues(db, type, payload, { fields: new Set(fields) }).flatMap((issue) => {
    const hider = issue.gone && locateRecord(db, issue.gone.id);
    if (!hider || hider.deleted) return [issue];
    return hidingIssues(db, hider).map((hiderIssue) => ({
      ...hiderIssue,
      path: `${issue.path}.${hiderIssue.path}`,
    }));
  });
}
