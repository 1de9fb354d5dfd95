import type { PurgeResult } from '#shared/contract/people.ts';
import { isErased } from '#shared/domain/erased.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { Eraser } from '../log/records/eraser.ts';
import { actingProfile, actorOf } from '../log/session.ts';
import { assertCanErase } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { refuseShared, removeCopies, eraseInSandbox, overwriteFreePages } from './erase.ts';
import { emptyLabels } from './empty-labels.ts';
import { eraseRecord } from './erase-in-file.ts';
import { refuseSandbox, sandboxesOf } from './find.ts';

const dayMs = 86_400_000;
/** Without profiles, which are authors of changes, and workspace rows, which are settings. */
const purgeableTypes: readonly AuditedType[] = auditedTypes.filter(
  (type) => type !== 'profile' && type !== 'workspace',
);

interface Key {
  type: AuditedType;
  id: string;
}

function readPurgeable(db: ReadHandle, cutoff: string): Key[] {
  const existingTables = tablesIn(db);
  return purgeableTypes
    .filter((type) => existingTables.has(tableOf[type]))
    .flatMap((type) =>
      db
        .all<{ id: string; payload: string }>(
          `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NOT NULL AND deleted_at <= ? ORDER BY rowid`,
          [cutoff],
        )
        .flatMap(({ id, payload }) => (isErased(parsePayload(payload)) ? [] : [{ type, id }])),
    );
}

/** Whether live has an unpurged record that was deleted at least this many days ago. */
export const hasPurgeable = ({ read, source }: Services, days: number): boolean =>
  readPurgeable(read, isoTime(source.clock.now() - days * dayMs)).length > 0;

/** Empties records that were deleted before a time. Yields the number done. */
function* purgeFile(
  write: Pick<WriteContext, 'db' | 'audit' | 'records'>,
  cutoff: string,
  days: number,
): Generator<number, { rows: number; records: number; byType: Record<string, number> }, void> {
  const eraser = new Eraser(write);
  const byType: Record<string, number> = {};
  let done = 0;
  for (const { type, id } of readPurgeable(write.db, cutoff)) {
    eraseRecord(eraser, type, id);
    byType[type] = (byType[type] ?? 0) + 1;
    yield ++done;
  }
  emptyLabels(write.db, eraser);
  eraser.finish();
  if (write.audit.changes > 0) write.audit.label('records.purge', { count: done, days });
  return { rows: eraser.rowCount + eraser.labelCount, records: done, byType };
}

/** Empties records deleted at least `days` days ago, in live and all sandboxes. Throws FORBIDDEN, SYNC (`shared`), CANCELLED, BUSY. */
export async function purgeDeleted(
  call: CallContext,
  { days, dry }: { days: number; dry: boolean },
  pace: JobPace,
): Promise<PurgeResult> {
  const { services, session } = call;
  const { read, queue, source, files } = services;
  refuseSandbox(services);
  assertCanErase(actorOf(actingProfile(read, session)));
  refuseShared(services);
  const cutoff = isoTime(source.clock.now() - days * dayMs);
  const keys = readPurgeable(read, cutoff);
  if (dry) {
    const records: Record<string, number> = {};
    for (const { type } of keys) records[type] = (records[type] ?? 0) + 1;
    return { dry, op_id: null, records, rows: 0, rewritten: false, problems: [] };
  }
  const problems: PurgeResult['problems'] = [];
  const context = { services, actor: actingProfile(read, session).id };
  for (const sandbox of sandboxesOf(services)) {
    const { name, problem } = await eraseInSandbox(context, sandbox, (write) =>
      purgeFile(write, cutoff, days),
    );
    if (problem !== null) problems.push({ sandbox: name ?? sandbox.id, problem });
  }
  const { byType, rows, op_id } = await queue.job(session, 'purging deleted records', async (write) => {
    const counts = await runSteps(pace, 'writing', purgeFile(write, cutoff, days), keys.length);
    return { ...counts, op_id: write.audit.changes > 0 ? write.audit.op_id : null };
  });
  // Also if nothing was left to empty: an earlier purge may have ended before this.
  await removeCopies(services);
  const rewritten = rows > 0 && (await overwriteFreePages(services, files.live));
  return { dry, op_id, records: byType, rows, rewritten, problems };
}
