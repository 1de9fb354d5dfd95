import type { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import { rankingPolicy } from '#shared/contract/ranking.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { assertCanSetRanking } from '../model/permissions.ts';
import type { Services } from '../model/services.ts';
import { settingId, writeSetting } from '../model/workspace-settings.ts';

type Policy = z.output<typeof rankingPolicy>;

/** Whether rankings are allowed to name people; false if not set or unreadable. */
export function readRankingPolicy(db: ReadHandle): Policy {
  const record = locateIn(db, 'workspace', settingId('ranking'));
  const result = rankingPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return result.success ? result.data : { people: false };
}

/** Sets the ranking policy in live; sandboxes have a copy. Returns whether it changed. Throws FORBIDDEN. */
export function setRankingPolicy(write: WriteContext, { people }: Policy, { files }: Services): boolean {
  if (files.target.kind !== 'live')
    throw new Fault('FORBIDDEN', {
      rule: 'live_only',
      type: 'workspace',
      id: null,
    });
  assertCanSetRanking(write.actor);
  if (readRankingPolicy(write.db).people === people) return false;
  writeSetting(write, 'ranking', { people });
  write.audit.label('analysis.ranking', { people });
  return true;
}
