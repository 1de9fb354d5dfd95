import type { RestoredRecords } from '#shared/contract/backup-records.ts';
import type { LogHead } from '#shared/contract/compare.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { standsIn } from '../../log/audit/head.ts';
import { badBackup } from '../../versions/manifest.ts';
import type { BackupManifest } from '../../versions/manifest.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { consequences, logEnd } from '../../compare/along.ts';
import { apply } from '../../compare/apply.ts';
import type { Applied } from '../../compare/apply.ts';
import { tried } from '../../compare/carry.ts';
import { refuseChanged, sinceSeen } from '../../compare/moved.ts';
import { headOf } from '../../compare/page.ts';
import { inTheWay } from '../../compare/problems.ts';
import { permitChanges } from '../../model/permissions.ts';
import { countByTable } from '../../model/removal.ts';
import { completed, streamed } from '../../kernel/progress.ts';
import type { CallContext } from '../../model/services.ts';
import { actorOf, actingProfile } from '../../log/session.ts';
import type { Tell } from '../../kernel/progress-stream.ts';
import { readFacts } from '../../log/workspace-facts.ts';
import { choose, linksLeft, namingAgain } from './choose.ts';
import { findIn } from './found.ts';
import type { Found, Kept } from './found.ts';
import { withBackup } from '../../versions/open.ts';
import { onlyOne, tellEach, tellEnds, toWanted } from './told.ts';
import { findWent } from './went.ts';

interface Asked {
  id: string;
  records: readonly string[];
  /** What went with a university comes with it. */
  contents: boolean;
  links: boolean;
  /** What named these in a field that is empty by now names them again. */
  references: boolean;
  /** The backup may be of another workspace. */
  another: boolean;
  seen?: LogHead | undefined;
  dry: boolean;
}

/** Thrown at the end of a dry run, so that what was written is taken back. */
class TakenBack extends Error {}

/**
 * Makes records what they are in a backup, in one transaction of live, or of the sandbox that is open, that undo takes back. The backup is
 * read first and let go: who writes may wait for the backups. Throws BACKUP (with reason `another` for one of another workspace), NOT_FOUND for what it does not hold, MOVED_ON, INVALID with
 * what is in the way, FORBIDDEN, BUSY, CANCELLED.
 */
export function restoreRecords(
  call: CallContext,
  asked: Asked,
  given?: AbortSignal,
): Stream<RestoredRecords> {
  const { services, session } = call;
  const { files, read, source, log } = services;
  const { clock } = source;
  return services.jobs.stream(async (tell, signal) => {
    permitChanges(actorOf(actingProfile(read, session)), { type: 'backup', id: asked.id });
    const reading = { files, id: asked.id, clock, log, tell, signal };
    const [found, manifest] = await withBackup(reading, async (db, about) => {
      const pace = { step: 'checking', total: null, clock, signal };
      const looking = streamed(findIn(db, asked.id, asked.records), pace);
      return [await completed(looking, tell), about] as const;
    });
    let result: RestoredRecords | undefined;
    try {
      await services.queue.job(session, 'restoring records', async (write) => {
        result = await bring(write, found, { asked, manifest, tell, signal, clock });
        if (asked.dry) throw new TakenBack();
      });
    } catch (error) {
      if (!(error instanceof TakenBack)) throw error;
    }
    return result as RestoredRecords;
  }, given);
}

interface Bringing {
  asked: Asked;
  manifest: BackupManifest;
  tell: Tell;
  signal: AbortSignal;
  clock: CallContext['services']['source']['clock'];
}

async function bring(
  write: WriteContext,
  given: Found,
  {
    asked: { contents, links, references, another: maybeAnother, seen, dry },
    manifest: { id, made, workspace, head: then },
    tell,
    signal,
    clock,
  }: Bringing,
): Promise<RestoredRecords> {
  const another = readFacts(write.db).id !== workspace;
  if (another && !maybeAnother && !dry) throw ofAnother(id);
  const head = headOf(write.db);
  const looking = { step: 'checking', total: null, clock, signal };
  const run = <R>(work: Generator<number, R, void>): Promise<R> => completed(streamed(work, looking), tell);
  const went = await run(findWent(write.db, given));
  const found = contents ? withLinks(given, went.apart) : given;
  const whole = choose(write, found, went.contents, { contents, links });
  const naming = namingAgain(write, found, whole);
  const chosen = references ? [...whole, ...naming] : whole;
  const since = await run(sinceSeen(write.db, seen));
  refuseChanged(
    write.db,
    chosen.map(({ kept }) => kept),
    since,
  );
  const before = logEnd(write.db);
  const records = await run(tellEach(write, chosen, found));
  const wanted = chosen
    .filter((_, index) => records[index]?.action !== 'none')
    .map((one) => toWanted(write, one));
  const work: Generator<number, Applied, void> = dry ? tried(write, wanted) : apply(write, wanted);
  const pace = { step: 'writing', total: wanted.length, clock, signal };
  const { problems, created, restored, updated } = await completed(streamed(work, pace), tell);
  refuseChanged(write.db, consequences(write.db, before), since);
  if (problems.length > 0 && !dry) throw inTheWay(problems);
  const { changes } = write.audit;
  const what = { backup: id, made, count: wanted.length };
  if (changes > 0)
    write.audit.label('backups.records', { ...what, ...momentIn(write, then), ...onlyOne(records) });
  const left = linksLeft(write, found, chosen);
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
    contents_left: contents ? {} : countByTable(went.contents),
    links_left: left.possible,
    links_apart: { links: left.apart, ...tellEnds(write, left.ends) },
    references_left: references ? 0 : naming.length,
    problems,
    head,
  };
}

/** With more links that may come, each once. */
const withLinks = (found: Found, more: readonly Kept[]): Found => ({
  ...found,
  links: [...new Map([...found.links, ...more].map((link) => [link.id, link])).values()],
});

/** BACKUP, reason `another`, for a backup by its id. */
export function ofAnother(id: string): Fault {
  const message = `Backup ${id} is of another workspace. Nothing was changed; say that records may come from it (--another).`;
  return badBackup('another', id, message);
}

/** The moment of live's log that a backup is of; nothing where it is of none. */
const momentIn = ({ db }: WriteContext, head: BackupManifest['head']): { at?: number } =>
  standsIn(db, head) ? { at: head.id } : {};
