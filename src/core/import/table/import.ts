import { Fault } from '#shared/contract/faults.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { SheetChoices, SheetLayout } from '#shared/contract/sheets.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { createBackup } from '../../backup/create.ts';
import type { WriteContext } from '../../commands/context.ts';
import { jobStream } from '../../commands/job-stream.ts';
import { countRecords } from '../../entities/counts.ts';
import { refusal } from '../../files/refusal.ts';
import { completed, streamed } from '../../progress.ts';
import type { Services } from '../../services.ts';
import type { Session } from '../../session.ts';
import { countBy } from '../json/preview.ts';
import { checkRoom, checkWritten, lookupIn, permitAll, wantsBackup, writeRecords } from '../write.ts';
import { planSheet } from './plan.ts';
import type { SheetPlan } from './plan.ts';
import { readTable } from './read.ts';
import type { ReadTable, SheetInput } from './read.ts';

export interface SheetImportRequest {
  input: SheetInput;
  layout: SheetLayout;
  choices: SheetChoices;
  /** Whether a backup is made first: see `wantsBackup`. */
  backup?: boolean | undefined;
  /** The SHA-256 that a preview showed. */
  sha256?: string | undefined;
  signal?: AbortSignal | undefined;
}

export type SheetImported = ImportResult & { skipped: number; started_at: string };

/**
 * Imports a table: all of it or nothing, as one audited change that can be undone. The plan is made inside the transaction that
 * carries it out. Throws BAD_FILE, INVALID, FORBIDDEN, BUSY, CANCELLED, and WORKSPACE with reason not_verified.
 */
export async function* runSheetImport(
  services: Services,
  session: Session,
  request: SheetImportRequest,
): Stream<SheetImported> {
  const { input, layout, signal } = request;
  const read = yield* readTable({ input, layout, clock: services.source.clock, own: services.files, signal });
  if (request.sha256 !== undefined && request.sha256 !== read.sha256) {
    throw refusal(
      'changed_since_preview',
      `${read.name} has changed since it was looked at. Look at it again.`,
    );
  }
  await checkRoom(services.files.folder, read.bytes * (read.format === 'xlsx' ? 10 : 1));
  yield* jobStream(services.queue, session, {
    label: `import of ${read.name}`,
    signal,
    run: (write, tell, signal) => bringIn(write, services, { ...request, signal }, read, tell),
  });
}

async function bringIn(
  write: WriteContext,
  services: Services,
  request: SheetImportRequest,
  { table, name }: ReadTable,
  tell: (progress: Progress) => void,
): Promise<SheetImported> {
  const { clock, ids } = services.source;
  const { choices, signal } = request;
  const before = countRecords(write.db);
  const run = <R>(step: string, work: Generator<number, R, void>, total: number | null): Promise<R> =>
    completed(streamed(work, { step, total, clock, signal }), tell);

  const lookup = await run('checking', lookupIn(write.db), null);
  const sources = { db: write.db, lookup, ids, columns: services.columns };
  const plan = await run('checking', planSheet(table, choices, sources), table.rows.length);
  refuseUndecided(plan);
  const { records, find } = plan;
  await run('checking', permitAll(write.actor, { records, find }), records.length);
  const backup = wantsBackup(request.backup, services, before) ? await copy(services, request, tell) : null;
  await run('writing', writeRecords(write, { records, find }), records.length);
  await run('verifying', checkWritten(write.db, records, before), null);
  write.audit.label('sheet.import', { source: name, type: choices.type, count: write.audit.changes });
  return {
    op_id: write.audit.changes === 0 ? '' : write.audit.op_id,
    created: countBy(records, ['create']),
    updated: countBy(records, ['update']),
    restored: countBy(records, ['restore']),
    problems: plan.problems.size,
    verified: true,
    backup,
    skipped: plan.skipped,
    started_at: write.audit.time,
  };
}

function refuseUndecided({ matched }: SheetPlan): void {
  if (matched.undecided === 0) return;
  const message = `${matched.undecided} rows have the name of a record that is here already: decide whether they are updated, left out or made anew.`;
  throw new Fault('INVALID', message, { issues: [{ path: 'matching', code: 'undecided', message }] });
}

async function copy(
  { files, source, log }: Services,
  { input, backup, signal }: SheetImportRequest,
  tell: (progress: Progress) => void,
): Promise<string> {
  const { id } = await createBackup({
    files,
    reason: 'import',
    clock: source.clock,
    log,
    ...(backup && 'path' in input ? { along: input.path } : {}),
    signal,
    tell,
  });
  return id;
}
