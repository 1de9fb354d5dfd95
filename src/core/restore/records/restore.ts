import type { FieldDifference, RestoredRecords } from '#shared/contract/backup-records.ts';
import type { LogHead } from '#shared/contract/compare.ts';
import { Fault } from '#shared/contract/faults.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { patchBetween, patchedFields, valueOf } from '#shared/domain/patch.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { anotherWorkspaceFault } from '../../versions/manifest.ts';
import type { BackupManifest } from '../../versions/manifest.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { isInLog } from '../../log/audit/head.ts';
import { locateRecord, locateIn } from '../../log/records/locate.ts';
import { actorOf, actingProfile } from '../../log/session.ts';
import { readFacts } from '../../log/workspace-facts.ts';
import { danglingIssues } from '../../model/validate.ts';
import { assertCanWrite } from '../../model/permissions.ts';
import type { CallContext } from '../../model/services.ts';
import { readTitle, universityTitleBy } from '../../model/titles.ts';
import { planRecord } from '../../plan/plan.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import { runPlan } from '../../plan/run-plan.ts';
import { missingReferences } from '../../plan/references.ts';
import type { TargetRecord } from '../../plan/references.ts';
import { runSteps } from '../../kernel/progress.ts';
import type { JobPace } from '../../kernel/progress.ts';
import { withVersion } from '../../versions/unpack-version.ts';

interface RestoreInput {
  id: string;
  records: readonly string[];
  links: boolean;
  another: boolean;
  seen?: LogHead | undefined;
  dry: boolean;
}

/** Fields that differ between a backup and live; `live` is null if it lacks the record. */
function fieldsBetween(backup: JsonObject, live: JsonObject | null): FieldDifference[] {
  const patch = patchBetween(backup, live ?? {});
  return patchedFields(patch).map((field) => {
    const [inBackup, inLive] = [valueOf(patch.before, field), valueOf(patch.after, field)];
    return {
      field,
      ...(inBackup === undefined ? {} : { backup: inBackup }),
      ...(inLive === undefined ? {} : { live: inLive }),
    };
  });
}

/**
 * Restores records from a backup in one transaction of the open database, which undo reverts. Closes the backup before writing, because
 * writers can wait for the backups. Throws BACKUP (with reason `another` for one of another workspace), NOT_FOUND, MOVED_ON, INVALID,
 * FORBIDDEN, BUSY, CANCELLED.
 */
export async function restoreRecords(
  call: CallContext,
  request: RestoreInput,
  pace: JobPace,
): Promise<RestoredRecords> {
  const { services, session } = call;
  const { files, read, log, background } = services;
  assertCanWrite(actorOf(actingProfile(read, session)), { type: 'backup', id: request.id });
  const { backupRecords, manifest } = await background.run((signal) => {
    const reading = { ...pace, signal };
    const key = { kind: 'backup', id: request.id } as const;
    return withVersion(key, { files, log, ...reading }, async (db, manifest) => ({
      backupRecords: await runSteps(reading, 'checking', findRecords(db, request)),
      manifest,
    }));
  }, pace.signal);
  return applyRestore(call, backupRecords, request, { id: request.id, ...manifest }, pace);
}

interface FoundRecords {
  selected: TargetRecord[];
  links: TargetRecord[];
  recordById: ReadonlyMap<string, TargetRecord>;
  /** References that dangle in the backup too, in the form of a plan's problems: `team/team_1/project_id`. */
  danglingPaths: ReadonlySet<string>;
}

const linkEndQuery = (column: string): string =>
  `SELECT id FROM interfaces WHERE ${column} IN (SELECT value FROM json_each(:ids)) AND ${visibleCondition()}`;
const linksQuery = `${linkEndQuery('from_id')} UNION ${linkEndQuery('to_id')} ORDER BY id`;

function findVisible(db: ReadHandle, id: string): TargetRecord | null {
  const record = locateRecord(db, id) ?? locateIn(db, 'view', id);
  if (!record || record.deleted || record.hidden) return null;
  return { type: record.type, id, payload: record.payload };
}

/** Reads records of a backup with those they refer to. Yields the number read. Throws NOT_FOUND. */
function* findRecords(db: ReadHandle, { records }: RestoreInput): Generator<number, FoundRecords, void> {
  const selectedRecords = [...new Set(records)].map((id) => findVisible(db, id) ?? throwMissing(id));
  const selectedIds = new Set(selectedRecords.map(({ id }) => id));
  const links = db
    .column<string>(linksQuery, { ids: JSON.stringify([...selectedIds]) })
    .flatMap((id) => (selectedIds.has(id) ? [] : (findVisible(db, id) ?? [])));
  const recordById = new Map([...selectedRecords, ...links].map((target) => [target.id, target]));
  const queue = [...recordById.values()];
  for (let record = queue.pop(); record; record = queue.pop()) {
    for (const id of Object.values(record.payload).flatMap(referencedIds)) {
      const referenced = recordById.has(id) ? null : findVisible(db, id);
      if (!referenced) continue;
      recordById.set(referenced.id, referenced);
      queue.push(referenced);
    }
    yield recordById.size;
  }
  const danglingPaths = [...recordById.values()].flatMap(({ type, id, payload }) =>
    isEntityType(type) ? danglingIssues(db, type, payload).map(({ path }) => `${type}/${id}/${path}`) : [],
  );
  return { selected: selectedRecords, links, recordById, danglingPaths: new Set(danglingPaths) };
}

function throwMissing(id: string): never {
  throw new Fault('NOT_FOUND', { type: 'record', id });
}

type RestoredRecord = RestoredRecords['records'][number];

function applyRestore(
  call: CallContext,
  backupRecords: FoundRecords,
  { links, another: allowsAnother, seen, dry }: RestoreInput,
  { id, made, workspace, head: headOfBackup }: BackupManifest,
  jobPace: JobPace,
): Promise<RestoredRecords> {
  return runPlan(
    call,
    { jobLabel: 'restoring records', dry, seen },
    jobPace,
    async ({ write, pace, apply }) => {
      const { db } = write;
      const isAnother = readFacts(db).id !== workspace;
      if (isAnother && !allowsAnother && !dry) throw anotherWorkspaceFault(id);
      const find = (recordId: string): TargetRecord | null => backupRecords.recordById.get(recordId) ?? null;
      const neededRecords = await runSteps(
        pace,
        'checking',
        missingReferences(db, backupRecords.selected, find),
      );
      const missingLinks = backupRecords.links.filter(
        (link) => locateIn(db, 'interface', link.id)?.deleted !== false,
      );
      const chosenIds = new Set([...backupRecords.selected, ...neededRecords].map((target) => target.id));
      const chosenLinks = links ? missingLinks.filter((link) => willJoinRecords(db, link, chosenIds)) : [];
      const chosenRecords = [
        ...backupRecords.selected.map((target) => [target, 'asked'] as const),
        ...neededRecords.map((target) => [target, 'needed'] as const),
        ...chosenLinks.map((target) => [target, 'link'] as const),
      ];
      const records = chosenRecords.map(([target, why]): RestoredRecord => ({
        ...describeRecord(db, target, backupRecords),
        why,
      }));
      const [changedRecord, ...otherChanged] = records.filter(({ action }) => action !== 'none');
      const titleParams =
        changedRecord && otherChanged.length === 0
          ? { type: changedRecord.type, title: changedRecord.title }
          : {};
      // The backup's point in time in live's log; null for another history.
      const pointParams = isInLog(db, headOfBackup) ? { at: headOfBackup.id } : {};
      const changes = chosenRecords.flatMap(([target]) => planOf(db, target) ?? []);
      const { op_id, created, restored, updated, problems, head } = await apply({
        changes,
        mustBeUnchanged: chosenRecords.map(([target]) => target),
        selectProblems: (found) => found.filter(({ path }) => !backupRecords.danglingPaths.has(path)),
        label: (audit) =>
          audit.label('backups.records', {
            backup: id,
            made,
            count: changes.length,
            ...pointParams,
            ...titleParams,
          }),
      });
      const links_left = missingLinks.length - chosenLinks.length;
      return {
        backup: id,
        made,
        another: isAnother,
        op_id,
        dry,
        created,
        restored,
        updated,
        records,
        links_left,
        problems,
        head,
      };
    },
  );
}

/** Whether both ends of a link are visible or will be restored. */
function willJoinRecords(
  db: ReadHandle,
  { payload }: TargetRecord,
  restoredIds: ReadonlySet<string>,
): boolean {
  return [payload.from, payload.to].every((end) => {
    if (typeof end !== 'string') return false;
    const record = locateRecord(db, end);
    return restoredIds.has(end) || (record !== undefined && !record.deleted && !record.hidden);
  });
}

function planOf(db: ReadHandle, { type, id, payload }: TargetRecord): PlannedChange | null {
  const current = isEntityType(type) ? locateRecord(db, id) : undefined;
  if (current && current.type !== type) return { type, id, payload, isIdOfOtherType: true };
  return planRecord(db, type, id, payload);
}

function describeRecord(
  db: ReadHandle,
  record: TargetRecord,
  { recordById }: FoundRecords,
): Omit<RestoredRecord, 'why'> {
  const { type, id, payload } = record;
  const current = locateIn(db, type, id);
  const live = current && !current.deleted ? current.payload : null;
  const changeOfLive = live !== null && jsonEqual(live, payload) ? 'none' : 'updated';
  const changeOfCurrent = current?.deleted ? 'restored' : changeOfLive;
  const action = current ? changeOfCurrent : 'created';
  const university = universityTitleBy((recordId) => recordById.get(recordId), record);
  const title = readTitle(db, type, payload);
  return { type, id, title, university, action, fields: fieldsBetween(payload, live) };
}
