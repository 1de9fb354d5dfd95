import type { LogHead } from '#shared/contract/compare.ts';
import type { RestoredVersion } from '#shared/contract/restored-version.ts';
import { isContent } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { mergeBaseOf } from '../compare/base.ts';
import { differencesBetween } from '../compare/between.ts';
import { headOf } from '../compare/page.ts';
import { withLive } from '../compare/snapshots.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runToEnd, runSteps, progressStream } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { Head } from '../log/audit/head.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { actingProfile, actorOf } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { permitGolden, permitRestore } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { refuseChanged, sinceSeen } from '../plan/moved.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';
import { deletedUniversities } from '../plan/references.ts';
import { backUpBefore } from '../versions/create.ts';
import { onlyOnLive } from '../versions/declared.ts';
import { currentGolden } from '../versions/golden-store.ts';
import { ofAnother } from '../versions/manifest.ts';
import type { VersionKey } from '../versions/manifest.ts';
import { withVersion } from '../versions/open.ts';
import type { Reading } from '../versions/open.ts';

interface RestoreInput {
  seen?: LogHead | undefined;
  dry: boolean;
}

/** The differences between a version and live. */
interface Compared {
  plan: PlannedChange[];
  head: LogHead;
  another: boolean;
  /** When it was made (ISO 8601), or the number of a golden version. */
  made: string;
  version: number | null;
  of: Record<string, string | number>;
}

interface Manifest {
  made: string;
  workspace: string;
  head: Pick<Head, 'id' | 'op_id' | 'hash'>;
}

/**
 * Restores all records from a backup in one audited transaction that undo reverts, after backing live up. Throws BACKUP (with reason
 * `another` for one of another workspace), MOVED_ON, INVALID, FORBIDDEN, WORKSPACE, BUSY, CANCELLED.
 */
export function restoreBackup(
  call: CallContext,
  request: RestoreInput & { id: string; another: boolean },
  pace: JobPace,
): Promise<RestoredVersion> {
  const { services, session } = call;
  onlyOnLive(services.files, 'backup');
  permitRestore(actorOf(actingProfile(services.read, session)));
  const key = { kind: 'backup', id: request.id } as const;
  return restore(call, { ...request, reason: 'restore' }, pace, () => Promise.resolve(key));
}

/** As `restoreBackup` with a golden version, the current one by default. Also throws GOLDEN. */
export function resetToGolden(
  call: CallContext,
  input: RestoreInput & { version?: number | undefined },
  pace: JobPace,
): Promise<RestoredVersion> {
  const { services, session } = call;
  onlyOnLive(services.files, 'golden');
  permitGolden(actorOf(actingProfile(services.read, session)));
  return restore(call, { ...input, another: true, reason: 'reset' }, pace, async (reading) => ({
    kind: 'golden',
    version: await currentGolden(services, input.version, reading),
  }));
}

/**
 * Closes the version before writing, since writers may wait for the versions, and writes only if live's records are unchanged since the
 * comparison.
 */
async function restore(
  call: CallContext,
  query: RestoreInput & { another: boolean; reason: 'restore' | 'reset' },
  pace: JobPace,
  choose: (reading: Reading) => Promise<VersionKey>,
): Promise<RestoredVersion> {
  const { services } = call;
  const { background, files, log } = services;
  const compared = await background.run(async (signal) => {
    const reading = { files, log, ...pace, signal };
    const key = await choose(reading);
    return withVersion(key, reading, (version, manifest) =>
      withLive(services, async (live) => {
        const found = await compare(live, version, manifest, reading);
        if (key.kind === 'golden') {
          const { version: number } = key;
          return {
            ...found,
            another: false,
            version: number,
            of: { version: number, sha256: manifest.sha256 },
          };
        }
        if (found.another && !query.another && !query.dry) throw ofAnother(key.id);
        return { ...found, version: null, of: { backup: key.id } };
      }),
    );
  }, pace.signal);
  return apply(call, compared, query, pace);
}

async function compare(
  live: ReadHandle,
  version: ReadHandle,
  { made, workspace, head }: Manifest,
  { clock, signal, onProgress }: Reading,
): Promise<Omit<Compared, 'version' | 'of'>> {
  const sides = { live, play: version, mergeBase: mergeBaseOf(live, version, { base: head }) };
  const plan: PlannedChange[] = [];
  const universitiesOf = deletedUniversities(live, version);
  const steps = differencesBetween(sides, (found) => {
    if (!isContent(found.type)) return;
    const { type, twoTypes } = found;
    const id = found.live.id ?? found.play.id ?? found.id;
    plan.push(...universitiesOf(found.play.payload), {
      type,
      id,
      payload: found.play.payload,
      otherType: twoTypes,
    });
  });
  await runToEnd(progressStream(steps, { step: 'checking', total: null, clock, signal }), onProgress);
  return { plan, head: headOf(live), another: readFacts(live).id !== workspace, made };
}

function apply(
  call: CallContext,
  { plan, of, another, made, version, ...compared }: Compared,
  { seen = compared.head, dry, reason }: RestoreInput & { reason: string },
  job: JobPace,
): Promise<RestoredVersion> {
  return runPlan(call, { waiting: 'restoring a version', dry }, job, async ({ write, pace, ...planning }) => {
    const { db } = write;
    const since = await runSteps(pace, 'checking', sinceSeen(db, seen));
    refuseChanged(db, restorableAmong(db, since), since);
    const code = version === null ? 'backups.restored' : 'golden.reset';
    const done = await planning.apply({
      changes: plan,
      checks: { whole: true },
      label: (audit) => audit.label(code, { ...of, made, count: audit.changes }),
    });
    const backup = done.op_id === null ? null : await backUpBefore(call.services, reason, pace);
    return { ...done, version, made, another, backup };
  });
}

const restorableAmong = (db: ReadHandle, ids: ReadonlySet<string>): { type: AuditedType; id: string }[] =>
  [...ids].flatMap(
    (id) => locateRecord(db, id) ?? locateIn(db, 'view', id) ?? locateIn(db, 'position', id) ?? [],
  );
