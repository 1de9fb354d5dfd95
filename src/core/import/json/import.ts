import { Fault } from '#shared/contract/faults.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { createBackup } from '../../backup/create.ts';
import type { WriteContext } from '../../commands/context.ts';
import { jobStream } from '../../commands/job-stream.ts';
import { countRecords } from '../../entities/counts.ts';
import { refusal } from '../../files/refusal.ts';
import { completed, streamed } from '../../progress.ts';
import type { Services } from '../../services.ts';
import type { Session } from '../../session.ts';
import { checkRoom, checkWritten, lookupIn, permitAll, wantsBackup, writeRecords } from '../write.ts';
import type { ParsedDocument } from './parse.ts';
import { planImport, planSteps } from './plan.ts';
import type { PlanSources, Prepared } from './plan.ts';
import { countBy, importMap, isEmpty, readDocument } from './preview.ts';
import type { ImportMap, PreviewRequest, ReadDocument } from './preview.ts';

export interface ImportRequest extends PreviewRequest {
  /** Without it a workspace that has live records is refused. */
  force: boolean;
  /** Whether a backup is made first: see `wantsBackup`. */
  backup?: boolean | undefined;
  /** The SHA-256 that a preview showed. */
  sha256?: string | undefined;
}

export interface Imported {
  result: ImportResult;
  map(): ImportMap;
}

/**
 * Brings a file in: all of it or nothing, as one audited change that can be undone. What has the same id is changed where the
 * file says otherwise, nothing is deleted. The plan is made inside the transaction that carries it out, so that nobody can
 * change anything in between; reads go on being served. Throws BAD_FILE, NOT_EMPTY, FORBIDDEN, BUSY, CANCELLED, and WORKSPACE
 * with reason not_verified.
 */
export async function* runImport(
  services: Services,
  session: Session,
  request: ImportRequest,
): Stream<Imported> {
  const { path, signal } = request;
  const read = yield* readDocument({ path, clock: services.source.clock, own: services.files, signal });
  const { file } = read;
  if (request.sha256 !== undefined && request.sha256 !== file.sha256) {
    throw refusal(
      'changed_since_preview',
      `${file.name} has changed since it was looked at. Look at it again.`,
    );
  }
  // A file that cannot come in at all is told of first: nobody should be sent to --force by one that was cut off.
  if (!request.force) refuseNonEmpty(countRecords(services.read));
  await checkRoom(services.files.folder, file.textBytes);
  yield* jobStream(services.queue, session, {
    label: `import of ${file.name}`,
    signal: request.signal,
    run: (write, tell, signal) => bringIn(write, services, { ...request, signal }, read, tell),
  });
}

type Tell = (progress: Progress) => void;

async function bringIn(
  write: WriteContext,
  services: Services,
  request: ImportRequest,
  { file, take }: ReadDocument,
  tell: Tell,
): Promise<Imported> {
  const { clock, ids } = services.source;
  const before = countRecords(write.db);
  if (!request.force) refuseNonEmpty(before);
  const run: Run = (step, work, total) =>
    completed(streamed(work, { step, total, clock, signal: request.signal }), tell);

  const lookup = await run('checking', lookupIn(write.db), null);
  const sources = { lookup, ids, durationUnit: request.durationUnit };
  const prepared = await plan(take(), sources, run);
  const { records } = prepared;
  await run('checking', permitAll(write.actor, prepared), records.length);
  const backup = wantsBackup(request.backup, services, before) ? await copy(services, request, tell) : null;
  await run('writing', writeRecords(write, prepared), records.length);
  await run('verifying', checkWritten(write.db, records, before), null);

  write.audit.label('import', { source: file.name, count: write.audit.changes });
  const op_id = write.audit.changes === 0 ? '' : write.audit.op_id;
  return {
    result: { op_id, ...outcome(prepared), verified: true, backup },
    map: () => importMap(file.name, prepared, 'import', clock),
  };
}

type Run = <R>(step: string, work: Generator<number, R, void>, total: number | null) => Promise<R>;

function plan(document: ParsedDocument, sources: PlanSources, run: Run): Promise<Prepared> {
  return run('checking', planImport(document, sources), planSteps(document));
}

function outcome(prepared: Prepared): Pick<ImportResult, 'created' | 'updated' | 'restored' | 'problems'> {
  const { records, problems } = prepared;
  return {
    created: countBy(records, ['create']),
    updated: countBy(records, ['update']),
    restored: countBy(records, ['restore']),
    problems: problems.total,
  };
}

async function copy({ files, source, log }: Services, request: ImportRequest, tell: Tell): Promise<string> {
  const { id } = await createBackup({
    files,
    reason: 'import',
    clock: source.clock,
    log,
    ...(request.backup ? { along: request.path } : {}),
    signal: request.signal,
    tell,
  });
  return id;
}

/** Throws NOT_EMPTY when records live there. */
export function refuseNonEmpty(counts: Record<string, number>): void {
  if (isEmpty(counts)) return;
  const all = sumOf(counts);
  const message = `The workspace already has ${all} records. Importing over them (--force) changes those with the same id and deletes none.`;
  throw new Fault('NOT_EMPTY', message, { counts });
}
