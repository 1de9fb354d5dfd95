import { problemOf } from '#shared/contract/faults.ts';
import { Fault, isFault, workspaceFault } from '#shared/contract/faults.ts';
import type { Erased, Person } from '#shared/contract/people.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { explainOpening } from '../kernel/db/inspect.ts';
import { scrubInWorker } from '../kernel/db/in-worker.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { schemaVersion, versionOf } from '../kernel/db/migrate.ts';
import { placeOf } from '../kernel/db/sandbox-folder.ts';
import { runToEnd, progressStream } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { AuditTransaction } from '../log/audit/audit-transaction.ts';
import { followHead } from '../log/audit/head.ts';
import { RecordWriter } from '../log/records/record-writer.ts';
import { checkSandbox, readFactsOrNull } from '../log/sandbox-look.ts';
import { actingProfile, actorOf, joinedUser } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { permitErasing } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { removeQuestionDatabases } from '../ask/question-database.ts';
import { sweepContents } from '../documents/sweep.ts';
import { searchIndex } from '../search/search-index.ts';
import { eraseInFile } from './erase-in-file.ts';
import type { ErasedInFile } from './erase-in-file.ts';
import type { Pace } from './find-in-file.ts';
import { findFiles, runGenerator, resolvePerson, sandboxesOf, shelfOf } from './find.ts';
import type { SandboxAt } from './find.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { findVersions } from './versions.ts';

export type ErasedPlace = Erased['places'][number];

export interface EraseContext {
  services: Services;
  /** The profile that changes the sandboxes. */
  actor: string;
}

/**
 * Erases a person from all sandboxes and then from live, each in one transaction of its log, and rewrites the files. Live is last, so that
 * a failed erasure finds the person again. Throws FORBIDDEN, NOT_FOUND, INVALID, SYNC (`shared`), CANCELLED, WORKSPACE, BUSY.
 */
export async function erasePerson(
  call: CallContext,
  { person: idOrName, mentions }: { person: string; mentions: boolean },
  pace: JobPace,
): Promise<Erased> {
  const { services } = call;
  permitErasing(actorOf(actingProfile(services.read, call.session)));
  const person = resolvePerson(services, idOrName);
  const pattern = new NamePattern(person.terms);
  const places: ErasedPlace[] = [];
  const by = { services, actor: actingProfile(services.read, call.session).id };
  for (const at of sandboxesOf(services))
    places.push(await eraseInSandbox(by, at, (write) => eraseInFile(write, person, pattern, { mentions })));
  const { op_id, place } = await eraseInLive(call, person, pattern, mentions, pace);
  places.unshift(place);
  const versions = await findVersions(services, person, pattern, pace);
  const files = await findFiles(services, person.terms);
  return { person, op_id, places, versions, files, server: null };
}

/** Throws SYNC (`shared`), because the server and other workspaces have the values too. */
export function refuseShared({ read }: Pick<Services, 'read'>): void {
  if (joinedUser(read) === null) return;
  throw new Fault('SYNC', { reason: 'shared' });
}

async function eraseInLive(
  { services, session }: CallContext,
  person: Person,
  pattern: NamePattern,
  mentions: boolean,
  { onProgress, signal }: Pace,
): Promise<{ op_id: string | null; place: ErasedPlace }> {
  const { queue, source, files } = services;
  const { op_id, ...erased } = await queue.job(session, 'erasing a person', async (write) => {
    permitErasing(write.actor);
    refuseShared(services);
    const work = eraseInFile(write, person, pattern, { mentions });
    const steps = { step: 'writing', total: null, clock: source.clock, signal };
    const done = await runToEnd(progressStream(work, steps), onProgress);
    return { ...done, op_id: write.audit.changes > 0 ? write.audit.op_id : null };
  });
  searchIndex(services).clear({ keepsModel: true });
  await sweepContents(services);
  removeQuestionDatabases(files);
  const rewritten = await overwriteFreePages(services, files.live);
  return { op_id, place: { kind: 'live', id: null, name: null, ...erased, rewritten, problem: null } };
}

/** Rewrites a file. If that fails, the erasure stands, and remainders in free pages stay until the next vacuum. */
export async function overwriteFreePages({ log }: Pick<Services, 'log'>, file: string): Promise<boolean> {
  try {
    return await scrubInWorker(file);
  } catch (error) {
    log.warn({ error: String(error) }, 'the file was not written anew after an erasure');
    return false;
  }
}

/** Erases from a sandbox; one that cannot be read or has an older schema is reported. */
export async function eraseInSandbox(
  by: EraseContext,
  at: SandboxAt,
  work: (write: {
    db: Connection['write'];
    audit: AuditTransaction;
    records: RecordWriter;
  }) => Generator<number, ErasedInFile, void>,
): Promise<ErasedPlace> {
  const { services } = by;
  const place = placeOf(services.files, shelfOf(at), at.id);
  const named = { kind: at.kind, id: at.id, name: readFactsOrNull(place, at.id)?.name ?? null };
  try {
    checkSandbox(place, at.id);
    const lock = lockShared(place.lock);
    try {
      const erased = await retryWhileBusy(() => {
        try {
          return writeSandbox(by, place, work);
        } catch (error) {
          throw explainOpening(error, place.data);
        }
      });
      const rewritten =
        erased.rows + erased.records === 0 || (await overwriteFreePages(services, place.data));
      return { ...named, ...erased, rewritten, problem: null };
    } finally {
      lock.release();
    }
  } catch (error) {
    const known = explainOpening(error, place.data);
    if (!isFault(known)) throw known;
    return { ...named, rows: 0, records: 0, rewritten: false, problem: problemOf(known) };
  }
}

function writeSandbox(
  { services: { source, log }, actor }: EraseContext,
  place: { data: string; head: string },
  work: Parameters<typeof eraseInSandbox>[2],
): ErasedInFile {
  const db = openConnection(place.data, { mode: 'write', log, slow: 60_000 });
  try {
    if (versionOf(db) !== schemaVersion) throw workspaceFault('older', {});
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN IMMEDIATE');
    const audit = new AuditTransaction(db.write, { ...source, replica: readFacts(db).replica }, actor);
    const records = new RecordWriter(db.write, audit);
    const erased = runGenerator(work({ db: db.write, audit, records }));
    records.flush();
    audit.finish();
    db.exec('COMMIT');
    followHead(place.head, db);
    return erased;
  } finally {
    db.close();
  }
}
