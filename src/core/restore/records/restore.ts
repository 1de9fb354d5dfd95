import type { FieldBetween, RestoredRecords } from '#shared/contract/backup-records.ts';
import type { LogHead } from '#shared/contract/compare.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { badBackup } from '../../versions/manifest.ts';
import type { BackupManifest } from '../../versions/manifest.ts';
import { headOf } from '../../compare/page.ts';
import { isSameValue, valueOf } from '../../log/audit/effect.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visible } from '../../kernel/db/schema.ts';
import { isInLog } from '../../log/audit/head.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { locate, locateIn } from '../../log/records/locate.ts';
import { actorOf, actingProfile } from '../../log/session.ts';
import { readFacts } from '../../log/workspace-facts.ts';
import { danglingReferences } from '../../model/validate.ts';
import { permitChanges } from '../../model/permissions.ts';
import type { CallContext } from '../../model/services.ts';
import { readTitle, universityTitleBy } from '../../model/titles.ts';
import { planJob, runSteps } from '../../plan/dry-run.ts';
import type { Pace } from '../../plan/dry-run.ts';
import { refuseChanged, sinceSeen } from '../../plan/moved.ts';
import { applyPlan, planRecord, refusePlan, tryPlan } from '../../plan/plan.ts';
import type { PlannedChange } from '../../plan/plan.ts';
import { missingReferences } from '../../plan/references.ts';
import type { TargetRecord } from '../../plan/references.ts';
import { completed, streamed } from '../../kernel/progress.ts';
import { withBackup } from '../../versions/open.ts';

interface Asked {
  id: string;
  records: readonly string[];
  links: boolean;
  /** The backup may be of another workspace. */
  another: boolean;
  seen?: LogHead | undefined;
  dry: boolean;
}

/** The fields that a record has otherwise in a backup than in live; null is a side without the record. */
function fieldsBetween(backup: JsonObject, live: JsonObject | null): FieldBetween[] {
  const current = live ?? {};
  return [...new Set([...Object.keys(backup), ...Object.keys(current)])].flatMap((field) => {
    const [inBackup, inLive] = [valueOf(backup, field), valueOf(current, field)];
    if (isSameValue(inBackup, inLive)) return [];
    return {
      field,
      ...(inBackup === undefined ? {} : { backup: inBackup }),
      ...(inLive === undefined ? {} : { live: inLive }),
    };
  });
}

/**
 * Makes records what they are in a backup, in one transaction of live, or of the sandbox that is open, that undo takes back. The backup is read first
 * and closed: who writes may wait for the backups. Throws BACKUP (with reason `another` for one of another workspace), NOT_FOUND for what it
 * does not hold, MOVED_ON, INVALID, FORBIDDEN, BUSY, CANCELLED.
 */
export async function* restoreRecords(
  call: CallContext,
  asked: Asked,
  signal?: AbortSignal,
): Stream<RestoredRecords> {
  const { services, session } = call;
  const { files, read, source, log } = services;
  const { clock } = source;
  permitChanges(actorOf(actingProfile(read, session)), { type: 'backup', id: asked.id });
  const reading = services.background.stream((tell, given) => {
    const verifying = { files, id: asked.id, clock, log, tell, signal: given };
    return withBackup(verifying, async (db, manifest) => {
      const steps = streamed(findIn(db, asked), { step: 'checking', total: null, clock, signal: given });
      return { found: await completed(steps, tell), manifest };
    });
  }, signal);
  for await (const step of reading) {
    if (step.kind === 'progress') {
      yield step;
      continue;
    }
    const { found, manifest } = step.result;
    yield* planJob(call, { label: 'restoring records', dry: asked.dry, signal }, (write, pace) =>
      restore(write, found, asked, manifest, pace),
    );
  }
}

interface Found {
  asked: TargetRecord[];
  links: TargetRecord[];
  all: ReadonlyMap<string, TargetRecord>;
  /** Their references that read as empty in the backup too, as problems of a plan name them: `team/team_1/project_id`. */
  empty: ReadonlySet<string>;
}

const end = (column: string): string =>
  `SELECT id FROM interfaces WHERE ${column} IN (SELECT value FROM json_each(:ids)) AND ${visible()}`;
const linksOf = `${end('from_id')} UNION ${end('to_id')} ORDER BY id`;

function visibleIn(db: ReadHandle, id: string): TargetRecord | null {
  const record = locate(db, id) ?? locateIn(db, 'view', id);
  if (!record || record.deleted || record.hidden) return null;
  return { type: record.type, id, payload: record.payload };
}

/** Reads records out of a backup, with what they refer to. Yields how many it has read. Throws NOT_FOUND. */
function* findIn(db: ReadHandle, { id: backup, records }: Asked): Generator<number, Found, void> {
  const asked = [...new Set(records)].map((id) => visibleIn(db, id) ?? missing(backup, id));
  const own = new Set(asked.map(({ id }) => id));
  const links = db
    .column<string>(linksOf, { ids: JSON.stringify([...own]) })
    .flatMap((id) => (own.has(id) ? [] : (visibleIn(db, id) ?? [])));
  const all = new Map([...asked, ...links].map((one) => [one.id, one]));
  const queue = [...all.values()];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const id of Object.values(next.payload).flatMap(referencedIds)) {
      const other = all.has(id) ? null : visibleIn(db, id);
      if (!other) continue;
      all.set(other.id, other);
      queue.push(other);
    }
    yield all.size;
  }
  const empty = [...all.values()].flatMap(({ type, id, payload }) =>
    isEntityType(type)
      ? danglingReferences(db, type, payload).map(({ path }) => `${type}/${id}/${path}`)
      : [],
  );
  return { asked, links, all, empty: new Set(empty) };
}

function missing(backup: string, id: string): never {
  const message = `Backup ${backup} has no record "${id}". Nothing was changed.`;
  throw new Fault('NOT_FOUND', message, { type: 'record', id });
}

type Restored = RestoredRecords['records'][number];

async function restore(
  write: WriteContext,
  found: Found,
  { links, another: maybeAnother, seen, dry }: Asked,
  { id, made, workspace, head: headOfBackup }: BackupManifest,
  pace: Pace,
): Promise<RestoredRecords> {
  const { db } = write;
  const another = readFacts(db).id !== workspace;
  if (another && !maybeAnother && !dry) throw ofAnother(id);
  const head = headOf(db);
  const find = (one: string): TargetRecord | null => found.all.get(one) ?? null;
  const needed = await runSteps(pace, 'checking', missingReferences(db, found.asked, find));
  const chosen = new Set([...found.asked, ...needed].map((one) => one.id));
  const isVisible = (id: string): boolean => {
    const record = locate(db, id);
    return record !== undefined && !record.deleted && !record.hidden;
  };
  const isThere = (end: unknown): boolean => typeof end === 'string' && (chosen.has(end) || isVisible(end));
  const gone = found.links.filter((link) => locateIn(db, 'interface', link.id)?.deleted !== false);
  const coming = links ? gone.filter(({ payload }) => isThere(payload.from) && isThere(payload.to)) : [];
  const all = [
    ...found.asked.map((one) => [one, 'asked'] as const),
    ...needed.map((one) => [one, 'needed'] as const),
    ...coming.map((one) => [one, 'link'] as const),
  ];
  const since = await runSteps(pace, 'checking', sinceSeen(db, seen));
  refuseChanged(
    db,
    all.map(([one]) => one),
    since,
  );
  const records = all.map(([one, why]): Restored => ({ ...describe(db, one, found), why }));
  const plan = all.flatMap(([one]) => planOf(db, one) ?? []);
  const work = (dry ? tryPlan : applyPlan)(write, plan);
  const report = await runSteps(pace, 'writing', work, plan.length);
  const { created, restored, updated } = report;
  const problems = report.problems.filter(({ path }) => !found.empty.has(path));
  if (problems.length > 0 && !dry) throw refusePlan(problems);
  const { changes } = write.audit;
  const [only, ...more] = records.filter(({ action }) => action !== 'none');
  const named = only && more.length === 0 ? { type: only.type, title: only.title } : {};
  // The point in time of live's log that the backup is of; none for one of another history.
  const at = isInLog(db, headOfBackup) ? { at: headOfBackup.id } : {};
  write.audit.label('backups.records', { backup: id, made, count: plan.length, ...at, ...named });
  return {
    backup: id,
    made,
    another,
    op_id: dry || changes === 0 ? null : write.audit.op_id,
    dry,
    created,
    restored,
    updated,
    records,
    links_left: gone.length - coming.length,
    problems,
    head,
  };
}

function planOf(db: ReadHandle, { type, id, payload }: TargetRecord): PlannedChange | null {
  const other = isEntityType(type) ? locate(db, id) : undefined;
  if (other && other.type !== type) return { type, id, payload, patch: null, otherType: true };
  return planRecord(db, type, id, payload);
}

function describe(db: ReadHandle, record: TargetRecord, { all }: Found): Omit<Restored, 'why'> {
  const { type, id, payload } = record;
  const current = locateIn(db, type, id);
  const live = current && !current.deleted ? current.payload : null;
  const same = live !== null && jsonEqual(live, payload);
  const action = !current ? 'created' : current.deleted ? 'restored' : same ? 'none' : 'updated';
  const university = universityTitleBy((one) => all.get(one), record);
  const title = readTitle(db, type, payload);
  return { type, id, title, university, action, fields: fieldsBetween(payload, live) };
}

/** BACKUP, reason `another`, for a backup by its id. */
export function ofAnother(id: string): Fault {
  const message = `Backup ${id} belongs to another workspace. Nothing was changed. To restore from it anyway, use --another.`;
  return badBackup('another', id, message);
}
