import type { RestorePreview } from '#shared/contract/backups.ts';
import { Fault } from '#shared/contract/faults.ts';
import { keptHead, standsIn } from '../log/audit/head.ts';
import { countSince } from '../versions/daily.ts';
import { describeBackup } from '../versions/list.ts';
import { readBackup } from '../versions/list.ts';
import { readVerified } from '../versions/list.ts';
import { schemaVersion } from '../kernel/db/migrate.ts';
import { countRecords } from '../log/records/counts.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { pastOf } from '../moments/past.ts';
import { pointAt } from '../moments/point.ts';
import { sandboxIds } from '../sandboxes/folder.ts';
import type { CallContext } from '../model/services.ts';
import { actingProfile } from '../log/session.ts';
import type { Session } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';

/**
 * What restoring a backup in place would do, by its manifest and by live as it is now. Throws BACKUP, also for one that cannot be used;
 * FORBIDDEN from within a sandbox.
 */
export async function previewRestore(
  { services: { files, read }, session }: CallContext,
  id: string,
): Promise<RestorePreview> {
  if (files.target.kind !== 'live') throw notHere();
  const manifest = await readBackup(files.backups, id);
  const { head, schema_version } = manifest;
  const { id: own } = readFacts(read);
  const ours = own === manifest.workspace;
  const line = !ours ? 'another' : standsIn(read, head) ? 'same' : 'other';
  return {
    backup: describeBackup(manifest, {
      verified: await readVerified(files.backups, id),
      kept: keptHead(files.head),
      own,
    }),
    now: countRecords(read),
    line,
    later: line === 'same' ? countSince(read, head.id) : null,
    acts: line === 'same' ? actsThen(read, session, head.id) : null,
    schema: schema_version === schemaVersion ? 'same' : schema_version < schemaVersion ? 'older' : 'newer',
    sandboxes: sandboxIds(files, 'sandboxes').ids.length,
  };
}

const everyProfile = `SELECT id FROM profiles p ORDER BY (SELECT min(l.id) FROM audit_logs l WHERE l.entity_id = p.id)`;

/** Who acts after a moment has come back, where who acts now was not there yet: the first of those who were. */
function actsThen(read: ReadHandle, session: Session, moment: number): RestorePreview['acts'] {
  const ids = read.column<string>(everyProfile);
  const past = pastOf(read, ids, pointAt(read, moment).end);
  const there = ids.filter((id) => past.get(id)?.deleted_at === null);
  const first = past.get(there[0] ?? '');
  if (there.includes(session.actor) || !first) return null;
  const { name } = JSON.parse(first.payload) as { name: string };
  return { now: actingProfile(read, session).name, after: name };
}

function notHere(): Fault {
  const message = 'Backups are restored in the place of live, not of a sandbox. Nothing was changed.';
  return new Fault('FORBIDDEN', message, { rule: 'live_only', type: 'backup', id: null });
}
