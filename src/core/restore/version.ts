import type { LogHead } from '#shared/contract/compare.ts';
import type { RestoredVersion } from '#shared/contract/restored-version.ts';
import { isContent } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { mergeBaseOf } from '../compare/base.ts';
import { differencesBetween } from '../compare/between.ts';
import { headOf } from '../compare/page.ts';
import { withLive } from '../compare/snapshots.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { runSteps } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import type { Head } from '../log/audit/head.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import { actingProfile, actorOf } from '../log/session.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { assertCanPublish, assertCanRestore } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { refuseChanged, changedSinceSeen } from '../plan/changed-since.ts';
import type { PlannedChange } from '../plan/plan.ts';
import { runPlan } from '../plan/run-plan.ts';
import { universityPlanner } from '../plan/references.ts';
import { backUpBeforePlan } from '../versions/create.ts';
import { assertLive } from '../versions/declared-fault.ts';
import { currentGolden } from '../versions/golden-store.ts';
import { anotherWorkspaceFault } from '../versions/manifest.ts';
import type { VersionKey } from '../versions/manifest.ts';
import { withVersion } from '../versions/unpack-version.ts';
import type { ReadOptions } from '../versions/unpack-version.ts';

interface RestoreInput {
  seen?: LogHead | undefined;
  dry: boolean;
}

/** The differences between a version and live. */
interface VersionDifferences {
  plan: PlannedChange[];
  head: LogHead;
  another: boolean;
  /** When the version was made (ISO 8601). */
  made: string;
  version: number | null;
  labelParams: Record<string, string | number>;
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
  assertLive(services.files, 'backup');
  assertCanRestore(actorOf(actingProfile(services.read, session)));
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
  assertLive(services.files, 'golden');
  assertCanPublish(actorOf(actingProfile(services.read, session)));
  return restore(call, { ...input, another: true, reason: 'reset' }, pace, async (readOptions) => ({
    kind: 'golden',
    version: await currentGolden(services, input.version, readOptions),
  }));
}

/**
 * Restores a version. Closes the version before writing, since writers can wait for the versions, and writes only if live's records are
 * unchanged since the comparison.
 */
async function restore(
  call: CallContext,
  request: RestoreInput & { another: boolean; reason: 'restore' | 'reset' },
  pace: JobPace,
  choose: (reading: ReadOptions) => Promise<VersionKey>,
): Promise<RestoredVersion> {
  const { services } = call;
  const { background, files, log } = services;
  const differences = await background.run(async (signal) => {
    const readOptions = { files, log, ...pace, signal };
    const key = await choose(readOptions);
    return withVersion(key, readOptions, (version, manifest) =>
      withLive(services, async (live) => {
        const comparison = await planRestore(live, version, manifest, readOptions);
        if (key.kind === 'golden') {
          const { version: versionNumber } = key;
          return {
            ...comparison,
            another: false,
            version: versionNumber,
            labelParams: { version: versionNumber, sha256: manifest.sha256 },
          };
        }
        if (comparison.another && !request.another && !request.dry) throw anotherWorkspaceFault(key.id);
        return { ...comparison, version: null, labelParams: { backup: key.id } };
      }),
    );
  }, pace.signal);
  return applyRestore(call, differences, request, pace);
}

async function planRestore(
  live: ReadHandle,
  version: ReadHandle,
  { made, workspace, head }: Manifest,
  pace: ReadOptions,
): Promise<Omit<VersionDifferences, 'version' | 'labelParams'>> {
  const sides = { ours: live, theirs: version, mergeBase: mergeBaseOf(live, version, { base: head }) };
  const plan: PlannedChange[] = [];
  const planUniversity = universityPlanner(live, version);
  const steps = differencesBetween(sides, (difference) => {
    if (!isContent(difference.type)) return;
    const { type, hasTypeConflict } = difference;
    const id = difference.ours.id ?? difference.theirs.id ?? difference.id;
    plan.push(...planUniversity(difference.theirs.payload), {
      type,
      id,
      payload: difference.theirs.payload,
      isIdOfOtherType: hasTypeConflict,
      isRecorded: true,
    });
  });
  await runSteps(pace, 'checking', steps);
  return { plan, head: headOf(live), another: readFacts(live).id !== workspace, made };
}

function applyRestore(
  call: CallContext,
  { plan, labelParams, another, made, version, ...comparison }: VersionDifferences,
  { seen = comparison.head, dry, reason }: RestoreInput & { reason: string },
  jobPace: JobPace,
): Promise<RestoredVersion> {
  return runPlan(
    call,
    { jobLabel: 'restoring a version', dry },
    jobPace,
    async ({ write, pace, ...transaction }) => {
      const { db } = write;
      const changedIds = await runSteps(pace, 'checking', changedSinceSeen(db, seen));
      refuseChanged(db, restorableRecords(db, changedIds), changedIds);
      const code = version === null ? 'backups.restored' : 'golden.reset';
      const result = await transaction.apply({
        changes: plan,
        checks: { isCompleteState: true },
        label: (audit) => audit.label(code, { ...labelParams, made, count: audit.changes }),
      });
      const backup = result.op_id === null ? null : await backUpBeforePlan(call.services, reason, pace);
      return { ...result, version, made, another, backup };
    },
  );
}

const restorableRecords = (db: ReadHandle, ids: ReadonlySet<string>): { type: AuditedType; id: string }[] =>
  [...ids].flatMap(
    (id) => locateRecord(db, id) ?? locateIn(db, 'view', id) ?? locateIn(db, 'position', id) ?? [],
  );
