import { retentionPolicy } from '#shared/contract/backups.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { usualRetention } from '#shared/domain/retention.ts';
import type { RetentionPolicy } from '#shared/domain/retention.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { permitBackups } from '../model/permissions.ts';
import { upkeepId, writeUpkeep } from '../model/workspace-settings.ts';

/** Which backups of the workspace stay: as an admin said last, or else the usual ones. What cannot be, counts as not said. */
export function readRetention(db: ReadHandle): RetentionPolicy {
  const record = locateIn(db, 'workspace', upkeepId('retention'));
  const said = retentionPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return said.success ? said.data : usualRetention;
}

/** Says which backups stay. Returns what holds now, and whether anything changed. Throws FORBIDDEN. */
export function setRetention(
  write: WriteContext,
  wanted: { [K in keyof RetentionPolicy]?: number | undefined },
): { retention: RetentionPolicy; changed: boolean } {
  permitBackups(write.actor);
  const was = readRetention(write.db);
  const retention = {
    last: wanted.last ?? was.last,
    daily: wanted.daily ?? was.daily,
    weekly: wanted.weekly ?? was.weekly,
    monthly: wanted.monthly ?? was.monthly,
  };
  const changed = !jsonEqual({ ...was }, retention);
  if (!changed) return { retention, changed };
  writeUpkeep(write, 'retention', { ...retention });
  write.audit.label('backups.retention', { ...retention });
  return { retention, changed };
}
