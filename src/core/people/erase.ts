import { problemOf } from '#shared/contract/faults.ts';
import { Fault, isFault, workspaceFault } from '#shared/contract/faults.ts';
import type { ErasureResult, Person } from '#shared/contract/people.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { toOpeningFault } from '../kernel/db/inspect.ts';
import { scrubInWorker } from '../kernel/db/worker-queries.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { sandboxPaths } from '../kernel/db/sandbox-folder.ts';
import { runSteps, runSync } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { updateRecordedHead } from '../log/audit/head.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { prepareSandbox } from '../log/migrate-file.ts';
import { readFactsOrNull } from '../log/read-sandbox-file.ts';
import { actingProfile, actorOf, joinedUserId } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { assertCanErase } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { forgetAuthor } from '../code-maps/personal-data.ts';
import { removeQuestionDatabases } from '../ask/question-database.ts';
import { sweepContents } from '../documents/sweep.ts';
import { searchIndex } from '../search/search-index.ts';
import { eraseInFile } from './erase-in-file.ts';
import type { ErasureCounts } from './erase-in-file.ts';
import { findFiles, readErasedPerson, resolvePerson, sandboxesOf, sandboxFolderOf } from './find.ts';
import type { SandboxKey } from './find.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { findVersions } from './versions.ts';

export type ErasedPlace = ErasureResult['places'][number];

export interface EraseContext {
  services: Services;
  /** The profile that changes the sandboxes. */
  actor: string;
}

/**
 * Erases a person from all sandboxes and then from live, each in one transaction of its log, and rewrites the files. Live comes last,
 * because the person is looked up there, so that a failed erasure can be repeated. Throws FORBIDDEN, NOT_FOUND, INVALID, SYNC
 * (`shared`), CANCELLED, WORKSPACE, BUSY.
 */
export async function erasePerson(
  call: CallContext,
  { person: idOrName, mentions }: { person: string; mentions: boolean },
  pace: JobPace,
): Promise<ErasureResult> {
  const { services } = call;
  assertCanErase(actorOf(actingProfile(services.read, call.session)));
  const person = resolvePerson(services, idOrName);
  const pattern = new NamePattern(person.terms);
  const places: ErasedPlace[] = [];
  const context = { services, actor: actingProfile(services.read, call.session).id };
  for (const sandbox of sandboxesOf(services))
    places.push(
      await eraseInSandbox(context, sandbox, (write) =>
        eraseInFile(write, person, pattern, { erasesMentions: mentions }),
      ),
    );
  forgetAuthor(services, person.id, pattern);
  const { op_id, place } = await eraseInLive(call, person, pattern, mentions, pace);
  places.unshift(place);
  const versions = await findVersions(services, person, pattern, pace);
  const files = await findFiles(services, pattern);
  return { person: readErasedPerson(services, person), op_id, places, versions, files, server: null };
}

/** Throws SYNC (`shared`) if a server shares the workspace, because the server and other workspaces have the values too. */
export function refuseShared({ read }: Pick<Services, 'read'>): void {
  if (joinedUserId(read) === null) return;
  throw new Fault('SYNC', { reason: 'shared' });
}

async function eraseInLive(
  { services, session }: CallContext,
  person: Person,
  pattern: NamePattern,
  erasesMentions: boolean,
  pace: JobPace,
): Promise<{ op_id: string | null; place: ErasedPlace }> {
  const { op_id, ...counts } = await services.queue.job(session, 'erasing a person', async (write) => {
    assertCanErase(write.actor);
    refuseShared(services);
    const erasure = eraseInFile(write, person, pattern, { erasesMentions });
    const result = await runSteps(pace, 'writing', erasure);
    return { ...result, op_id: write.audit.changes > 0 ? write.audit.op_id : null };
  });
  const rewritten = await rewriteLive(services);
  return { op_id, place: { kind: 'live', id: null, name: null, ...counts, rewritten, problem: null } };
}

/** Removes copies of records outside the workspace file: the search index, unused files of documents, and databases for questions. */
export async function removeCopies(services: Services): Promise<void> {
  searchIndex(services).clear({ keepsModel: true });
  await sweepContents(services);
  removeQuestionDatabases(services.files);
}

/** Removes the copies of records and rewrites the file. Returns false if the file could not be rewritten. */
export async function rewriteLive(services: Services): Promise<boolean> {
  await removeCopies(services);
  return overwriteFreePages(services, services.files.live);
}

/** Rewrites a file. Returns false if that failed: the erasure is still valid, but erased values stay in free pages until the next vacuum. */
export async function overwriteFreePages({ log }: Pick<Services, 'log'>, file: string): Promise<boolean> {
  try {
    return await scrubInWorker(file);
  } catch (error) {
    log.warn({ error: String(error) }, 'the file was not rewritten after an erasure');
    return false;
  }
}

/** Erases from a sandbox, migrating an older one first. A sandbox that cannot be read or migrated is reported with its problem. */
export async function eraseInSandbox(
  context: EraseContext,
  sandbox: SandboxKey,
  work: (write: {
    db: Connection['write'];
    audit: AuditTransaction;
    records: RecordWriter;
  }) => Generator<number, ErasureCounts, void>,
): Promise<ErasedPlace> {
  const { services } = context;
  const paths = sandboxPaths(services.files, sandboxFolderOf(sandbox), sandbox.id);
  const description = {
    kind: sandbox.kind,
    id: sandbox.id,
    name: readFactsOrNull(paths, sandbox.id)?.name ?? null,
  };
  try {
    await prepareSandbox(paths, sandbox.id, services.log);
    using _lock = lockShared(paths.lock);
    const counts = await retryWhileBusy(() => {
      try {
        return writeSandbox(context, paths, work);
      } catch (error) {
        throw toOpeningFault(error, paths.data);
      }
    });
    const rewritten = counts.rows + counts.records === 0 || (await overwriteFreePages(services, paths.data));
    return { ...description, ...counts, rewritten, problem: null };
  } catch (error) {
    const fault = toOpeningFault(error, paths.data);
    if (!isFault(fault)) throw fault;
    return { ...description, rows: 0, records: 0, rewritten: false, problem: problemOf(fault) };
  }
}

function writeSandbox(
  { services: { source, log }, actor: actorId }: EraseContext,
  paths: { data: string; head: string },
  work: Parameters<typeof eraseInSandbox>[2],
): ErasureCounts {
  using db = openConnection(paths.data, { mode: 'write', log, slowMs: 60_000 });
  if (versionOf(db) !== schemaVersion) throw workspaceFault('older', {});
  db.pragma('busy_timeout = 0');
  db.exec('BEGIN IMMEDIATE');
  const audit = new AuditTransaction(db.write, { ...source, replica: readFacts(db).replica }, actorId);
  const records = new RecordWriter(db.write, audit);
  const counts = runSync(work({ db: db.write, audit, records }));
  records.flush();
  audit.finish();
  db.exec('COMMIT');
  updateRecordedHead(paths.head, db);
  return counts;
}
