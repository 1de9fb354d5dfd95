import type { ImportResult } from '#shared/contract/transfer.ts';
import { backUpBeforePlan } from '../versions/create.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { countRecords } from '../log/records/counts.ts';
import { fileRefusal } from '../kernel/files/refusal.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import type { Session } from '../log/session.ts';
import type { Plan } from './json/plan.ts';
import type { Lookup } from './record-planner.ts';
import type { PlannedRecord } from './planned-record.ts';
import {
  checkRoom,
  checkWritten,
  countBy,
  createLookup,
  checkPermissions,
  nameImporter,
  wantsBackup,
  writeRecords,
} from './write.ts';

/** Runs a generator in slices and reports progress. */
export type RunSteps = <R>(
  step: string,
  work: Generator<number, R, void>,
  total: number | null,
) => Promise<R>;

/** The input of an import of one file. */
export interface ImportSource<P extends Plan> {
  file: { name: string; sha256: string };
  /** Bytes of the file's text when unpacked. */
  bytes: number;
  /** See `wantsBackup`. */
  backup?: boolean | undefined;
  sha256?: string | undefined;
  /** Throws an error that prevents any import; `before` counts the visible records. */
  check?: (before: Record<string, number>) => void;
  /** Each part is planned in the writing transaction, after the parts before it. */
  parts: readonly ((write: WriteContext, lookup: Lookup, run: RunSteps) => Promise<P>)[];
  /** Labels the change. `createdCount` is the number of created and restored records. */
  label: (write: WriteContext, createdCount: number) => void;
}

export interface PlansResult<P extends Plan> {
  plans: readonly P[];
  result: Omit<ImportResult, 'problems' | 'report' | 'skipped'>;
}

/**
 * Writes a file's plan as one audited change that undo reverts. The transaction covers planning and writing; reads continue. Throws
 * BAD_FILE, FORBIDDEN, BUSY, CANCELLED, WORKSPACE with reason not_verified, and the errors of `check` and the parts.
 */
export async function runPlans<P extends Plan>(
  services: Services,
  session: Session,
  source: ImportSource<P>,
  pace: JobPace,
): Promise<PlansResult<P>> {
  const { file, sha256 } = source;
  if (sha256 !== undefined && sha256 !== file.sha256) {
    throw fileRefusal('changed_since_preview', { file: file.name });
  }
  source.check?.(countRecords(services.read));
  await checkRoom(services.files.folder, source.bytes);
  return services.queue.job(session, `import of ${file.name}`, (write) =>
    writePlans(write, services, source, pace),
  );
}

async function writePlans<P extends Plan>(
  write: WriteContext,
  services: Services,
  source: ImportSource<P>,
  pace: JobPace,
): Promise<PlansResult<P>> {
  const visibleCounts = countRecords(write.db);
  const undeletedCounts = countRecords(write.db, 'undeleted');
  source.check?.(visibleCounts);
  const run: RunSteps = (step, work, total) => runSteps(pace, step, work, total);
  const plans: P[] = [];
  let backup: string | null = null;
  for (const part of source.parts) {
    const plan = await part(write, await run('checking', createLookup(write.db), null), run);
    nameImporter(write.actor, plan);
    await run('checking', checkPermissions(write.db, write.actor, plan), plan.records.length);
    if (plans.length === 0 && wantsBackup(source.backup, visibleCounts))
      backup = await backUpBeforePlan(services, 'import', pace);
    await run('writing', writeRecords(write, plan), plan.records.length);
    plans.push(plan);
  }
  const records = writtenRecords(plans);
  await run('verifying', checkWritten(write.db, records, undeletedCounts), null);
  const created = countBy(records, ['create']);
  const restored = countBy(records, ['restore']);
  source.label(write, sumOf(created) + sumOf(restored));
  const result = {
    op_id: write.audit.changes === 0 ? '' : write.audit.op_id,
    created,
    updated: countBy(records, ['update']),
    restored,
    started_at: write.audit.time,
    verified: true,
    backup,
  };
  return { plans, result };
}

/** The written records of all parts, each with the effect of the first part on it. */
function writtenRecords(plans: readonly Plan[]): readonly PlannedRecord[] {
  const [firstPlan, ...otherPlans] = plans;
  if (firstPlan && otherPlans.length === 0) return firstPlan.records;
  const written = new Map<string, PlannedRecord>();
  for (const record of plans.flatMap(({ records }) => records)) {
    const earlier = written.get(record.id);
    written.set(record.id, earlier ? { ...record, effect: earlier.effect } : record);
  }
  return [...written.values()];
}
