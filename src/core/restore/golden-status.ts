import { problemOf, reasonOf } from '#shared/contract/faults.ts';
import type { GoldenStatus } from '#shared/contract/golden.ts';
import { fileActs } from '#shared/domain/administrative-acts.ts';
import { auditedTypes, isContent } from '#shared/domain/types.ts';
import { readHead, isInLog } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { actionOf } from '../compare/classify.ts';
import { withLive } from '../compare/snapshots.ts';
import { keysOf, rowsOf, stateBefore, stateOf } from '../compare/states.ts';
import { recordIdsBetween } from '../log/records-before.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { inBatches } from '../kernel/batches.ts';
import { runYielding } from '../kernel/progress.ts';
import { countRecords } from '../log/records/counts.ts';
import type { Services } from '../model/services.ts';
import { assertLive } from '../versions/declared-fault.ts';
import { currentOf, listVersions, installShipped } from '../versions/golden-store.ts';
import type { FoundGolden } from '../versions/golden-store.ts';

const batchSize = 500;

/**
 * The number of live's records that changed since a head of its log, equal to the number of differences from that golden version. Null if
 * live's log lacks the head. Throws BUSY, WORKSPACE.
 */
function countChangedSince(
  services: Services,
  head: Pick<Head, 'id' | 'hash'> | undefined,
): Promise<number | null> {
  return withLive(services, async (live) =>
    head && isInLog(live, head)
      ? runYielding(countChanged(live, head), { clock: services.source.clock })
      : null,
  );
}

const endQuery = 'SELECT id + changes AS end FROM audit_transactions WHERE id = ?';

function* countChanged(live: ReadHandle, { id }: Pick<Head, 'id'>): Generator<number, number, void> {
  const end = live.get<{ end: number }>(endQuery, [id])?.end ?? 0;
  const idsByType = yield* recordIdsBetween(live, end);
  let differingCount = 0;
  let done = 0;
  for (const type of auditedTypes.filter(isContent))
    for (const ids of inBatches([...(idsByType.get(type) ?? [])], batchSize)) {
      for (const row of rowsOf(live, type, keysOf(live, type, ids)).values()) {
        if (actionOf(stateBefore(live, row, end), stateOf(row)) !== null) differingCount += 1;
        yield (done += 1);
      }
    }
  return differingCount;
}

const unusableVersions = ({ version, problem, problem_code }: FoundGolden): GoldenStatus['unusable'] =>
  problem === null ? [] : [{ version, problem, problem_code }];

const laterChangesQuery = `SELECT count(*) AS n FROM audit_transactions
  WHERE id > ? AND label NOT IN (${fileActs.map((act) => `'${act}'`).join(', ')})`;

/**
 * The program's version, the workspace's versions, and live's state compared with the current one. Installs the program's version. Throws
 * FORBIDDEN in a sandbox, BUSY, WORKSPACE.
 */
export async function goldenStatus(services: Services): Promise<GoldenStatus> {
  const { read, files, resources, source, log } = services;
  assertLive(files, 'golden');
  const {
    manifest: shipped,
    version: installed,
    fault,
  } = await installShipped({ files, resources, clock: source.clock, log, live: read });
  const goldenVersions = await listVersions(files);
  const current = currentOf(goldenVersions);
  const { id, hash } = readHead(read);
  const currentHead =
    current?.manifest && isInLog(read, current.manifest.head) ? current.manifest.head : null;
  const differing = await countChangedSince(services, currentHead ?? undefined);
  const changes = currentHead && (read.get<{ n: number }>(laterChangesQuery, [currentHead.id])?.n ?? 0);
  return {
    shipped: {
      version: shipped?.golden.shipped ?? null,
      made: shipped?.made ?? null,
      sha256: shipped?.sha256 ?? null,
      counts: shipped?.counts ?? null,
      installed,
      problem: fault && problemOf(fault),
      problem_code: fault && reasonOf(fault),
    },
    current: current?.version ?? null,
    versions: goldenVersions.map(({ version }) => version),
    unusable: goldenVersions.flatMap(unusableVersions),
    live: { counts: countRecords(read), head: { id, hash }, same: differing === 0, differing, changes },
  };
}
