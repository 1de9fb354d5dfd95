import { cleanUpPolicy } from '#shared/contract/people.ts';
import { defaultCleanUp } from '#shared/domain/clean-up.ts';
import type { CleanUpPolicy } from '#shared/domain/clean-up.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { runYielding } from '../kernel/progress.ts';
import { isoTime } from '../kernel/system.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { actingProfile, actorOf, joinedUserId } from '../log/session.ts';
import { eraseVerdict } from '#shared/domain/permissions.ts';
import { deleteRecords } from '../model/deletion.ts';
import { assertCanErase } from '../model/permissions.ts';
import type { CallContext, Services } from '../model/services.ts';
import { settingId, writeSetting } from '../model/workspace-settings.ts';
import { refuseSandbox } from './find.ts';
import { hasPurgeable, purgeDeleted } from './purge.ts';

const dayMs = 86_400_000;

/** How long people and deleted records are kept: the newest setting, by default forever. An unreadable setting counts as none. */
export function readCleanUp(db: ReadHandle): CleanUpPolicy {
  const record = locateIn(db, 'workspace', settingId('clean_up'));
  const stored = cleanUpPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return stored.success ? stored.data : defaultCleanUp;
}

/** Returns the new policy, and whether anything changed. Throws FORBIDDEN. */
export function setCleanUp(
  write: WriteContext,
  changes: { [K in keyof CleanUpPolicy]?: number | null | undefined },
  services: Services,
): { policy: CleanUpPolicy; changed: boolean } {
  refuseSandbox(services);
  assertCanErase(write.actor);
  const before = readCleanUp(write.db);
  const policy = {
    archive_after: changes.archive_after === undefined ? before.archive_after : changes.archive_after,
    purge_after: changes.purge_after === undefined ? before.purge_after : changes.purge_after,
  };
  const isChanged = !jsonEqual({ ...before }, policy);
  if (!isChanged) return { policy, changed: isChanged };
  writeSetting(write, 'clean_up', policy);
  write.audit.label('people.clean_up', policy);
  return { policy, changed: isChanged };
}

/** Inactive students whose record has not changed since a time. */
const inactiveSql = `SELECT id FROM students WHERE ${visibleCondition()} AND active = 0 AND updated_at < ? ORDER BY id`;

/** Archives and purges by the workspace's policy, if live is open, no server shares it, and the actor may erase. Undo reverts archiving. */
export async function runScheduledCleanUp(call: CallContext): Promise<void> {
  const { read, files, log } = call.services;
  const { archive_after, purge_after } = readCleanUp(read);
  const isAllowed = eraseVerdict(actorOf(actingProfile(read, call.session))).allowed;
  if (files.target.kind !== 'live' || !isAllowed || joinedUserId(read) !== null) return;
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

async function archiveInactive({ services, session }: CallContext, days: number): Promise<number> {
  const { read, source, queue } = services;
  const cutoff = isoTime(source.clock.now() - days * dayMs);
  if (read.column<string>(inactiveSql, [cutoff]).length === 0) return 0;
  return queue.job(session, 'archiving people', async (write) => {
    // Read again, because a record can have changed meanwhile.
    const keys = write.db
      .column<string>(inactiveSql, [cutoff])
      .map((id) => ({ type: 'student' as const, id }));
    await runYielding(deleteRecords(write, keys), { clock: source.clock });
    write.audit.label('people.archive', { count: keys.length, days });
    return keys.length;
  });
}
