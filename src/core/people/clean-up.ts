import { cleanUpPolicy } from '#shared/contract/people.ts';
import { usualCleanUp } from '#shared/domain/clean-up.ts';
import type { CleanUpPolicy } from '#shared/domain/clean-up.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { inTurns } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { actingProfile, actorOf, joinedUser } from '../log/session.ts';
import { mayErase } from '#shared/domain/permissions.ts';
import { deleteRecords } from '../model/deletion.ts';
import { permitErasing } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { upkeepId, writeUpkeep } from '../model/workspace-settings.ts';
import { refuseSandbox } from './find.ts';
import { hasPurgeable, purgeDeleted } from './purge.ts';

const dayMs = 86_400_000;

/** How long people and deleted records are kept: the newest setting, by default forever. An unreadable setting counts as none. */
export function readCleanUp(db: ReadHandle): CleanUpPolicy {
  const record = locateIn(db, 'workspace', upkeepId('clean_up'));
  const set = cleanUpPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return set.success ? set.data : usualCleanUp;
}

/** Returns the new policy, and whether anything changed. Throws FORBIDDEN. */
export function setCleanUp(
  write: WriteContext,
  changes: { [K in keyof CleanUpPolicy]?: number | null | undefined },
  services: Services,
): { policy: CleanUpPolicy; changed: boolean } {
  refuseSandbox(services);
  permitErasing(write.actor);
  const was = readCleanUp(write.db);
  const policy = {
    archive_after: changes.archive_after === undefined ? was.archive_after : changes.archive_after,
    purge_after: changes.purge_after === undefined ? was.purge_after : changes.purge_after,
  };
  const changed = !jsonEqual({ ...was }, policy);
  if (!changed) return { policy, changed };
  writeUpkeep(write, 'clean_up', policy);
  write.audit.label('people.clean_up', policy);
  return { policy, changed };
}

/** Inactive students whose record has not changed since a time. */
const inactive = `SELECT id FROM students WHERE ${visibleCondition()} AND active = 0 AND updated_at < ? ORDER BY id`;

/** Archives and purges by the workspace's policy if an admin acts and nothing syncs. Archiving can be undone. */
export async function scheduledCleanUp(call: CallContext): Promise<void> {
  const { read, files, log } = call.services;
  const { archive_after, purge_after } = readCleanUp(read);
  const isAllowed = mayErase(actorOf(actingProfile(read, call.session))).allowed;
  if (files.target.kind !== 'live' || !isAllowed || joinedUser(read) !== null) return;
  if (archive_after !== null) {
    const count = await archiveInactive(call, archive_after);
    if (count > 0) log.info({ count }, 'inactive people archived');
  }
  if (purge_after === null || !hasPurgeable(call.services, purge_after)) return;
  const { background, source } = call.services;
  const { rows } = await background.run((signal) =>
    purgeDeleted(
      call,
      { days: purge_after, dry: false },
      { clock: source.clock, signal, onProgress: () => undefined },
    ),
  );
  log.info({ rows }, 'deleted records purged');
}

/** Returns the number archived. */
async function archiveInactive({ services, session }: CallContext, days: number): Promise<number> {
  const { read, source, queue } = services;
  const before = isoTime(source.clock.now() - days * dayMs);
  if (read.column<string>(inactive, [before]).length === 0) return 0;
  return queue.job(session, 'archiving people', async (write) => {
    // Read again, because a record may have changed meanwhile.
    const keys = write.db.column<string>(inactive, [before]).map((id) => ({ type: 'student' as const, id }));
    await inTurns(deleteRecords(write, keys), { clock: source.clock });
    write.audit.label('people.archive', { count: keys.length, days });
    return keys.length;
  });
}
