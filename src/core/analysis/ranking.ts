import type { z } from 'zod';
import { Fault } from '#shared/contract/faults.ts';
import { rankingPolicy } from '#shared/contract/ranking.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateIn } from '../log/records/locate.ts';
import { permitRanking } from '../model/permissions.ts';
import type { Services } from '../model/services.ts';
import { upkeepId, writeUpkeep } from '../model/workspace-settings.ts';

type Policy = z.output<typeof rankingPolicy>;

/** Whether rankings may name people. False if not set or unreadable. */
export function readRanking(db: ReadHandle): Policy {
  const record = locateIn(db, 'workspace', upkeepId('ranking'));
  const set = rankingPolicy.safeParse(record && !record.deleted ? record.payload : null);
  return set.success ? set.data : { people: false };
}

/** Sets it in live; sandboxes have a copy. Returns whether anything changed. Throws FORBIDDEN. */
export function setRanking(write: WriteContext, { people }: Policy, { files }: Services): boolean {
  if (files.target.kind !== 'live')
    throw new Fault('FORBIDDEN', {
      rule: 'live_only',
      type: 'workspace',
      id: null,
    });
  permitRanking(write.actor);
  if (readRanking(write.db).people === people) return false;
  writeUpkeep(write, 'ranking', { people });
  write.audit.label('analysis.ranking', { people });
  return true;
}
