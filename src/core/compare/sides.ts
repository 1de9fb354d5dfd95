import type { ComparedSide } from '#shared/contract/comparison.ts';
import type { At } from '#shared/contract/moments.ts';
import { parseSide } from '#shared/domain/points-in-time.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readHead } from '../log/audit/head.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { Services } from '../model/services.ts';
import { readPointDetails, newestPoint, noPointFault, pointAt } from '../moments/point.ts';
import { openScratch } from '../moments/scratch.ts';
import { assertLive } from '../versions/declared-fault.ts';
import { currentGolden } from '../versions/golden-store.ts';
import type { VersionManifest } from '../versions/manifest.ts';
import { withVersion } from '../versions/unpack-version.ts';
import type { ReadOptions } from '../versions/unpack-version.ts';
import { withLive, withOpen, withSandbox } from './snapshots.ts';

export interface OpenSide {
  db: ReadHandle;
  side: ComparedSide;
  facts?: SandboxFacts;
}

type Work<T> = (opened: OpenSide) => Promise<T>;

/** Runs `work` on a snapshot of a side, on its own connection. Throws NOT_FOUND, GOLDEN, BACKUP, WORKSPACE, BUSY, FORBIDDEN, CANCELLED. */
export async function withSide<T>(
  services: Services,
  at: At,
  readOptions: ReadOptions,
  work: Work<T>,
): Promise<T> {
  const { kind, id } = parseSide(String(at));
  switch (kind) {
    case 'point':
      return withPoint(services, at, readOptions, work);
    case 'live':
      return withLive(services, (db) => work({ db, side: describeSide(kind, id, '', headIn(db)) }));
    case 'sandbox':
      return withSandbox(services, id, (db, facts) => {
        const head = { ...headIn(db), created_at: facts.made_at };
        return work({ db, facts, side: describeSide(kind, id, facts.name, head) });
      });
    case 'backup':
    case 'golden': {
      const key =
        kind === 'backup' ? { kind, id } : { kind, version: await goldenAt(services, id, readOptions) };
      return withVersion(key, readOptions, (db, manifest) =>
        work({ db, side: describeVersion(services, id, manifest) }),
      );
    }
  }
}

function describeSide(
  kind: ComparedSide['kind'],
  id: string,
  name: string,
  { created_at, ...head }: ComparedSide['head'] & { created_at: string | null },
): ComparedSide {
  return { kind, id, name, created_at: created_at ?? '', head, another: false, point: null };
}

function headIn(db: ReadHandle): ComparedSide['head'] & { created_at: string | null } {
  const { id, hash, created_at } = readHead(db);
  return { id, hash, created_at };
}

/** Describes a backup or golden version by its manifest. Golden versions are made in other workspaces, so none is marked as another's. */
export function describeVersion(
  { read }: Services,
  id: string,
  { kind, golden, reason, made, workspace, head }: VersionManifest,
): ComparedSide {
  const versionHead = { id: head.id, hash: head.hash, created_at: made };
  if (kind === 'golden') return describeSide(kind, id, golden?.note ?? '', versionHead);
  return { ...describeSide('backup', id, reason, versionHead), another: readFacts(read).id !== workspace };
}

export function describePoint({ read }: Services, at: At): ComparedSide {
  const point = readPointDetails(read, pointAt(read, at).id);
  const { id, hash, created_at } = point;
  return { ...describeSide('point', String(id), '', { id, hash, created_at }), point };
}

/** The number of a golden version, after installing the program's own. Throws NOT_FOUND, GOLDEN, FORBIDDEN in a sandbox. */
async function goldenAt(services: Services, id: string, readOptions: ReadOptions): Promise<number> {
  assertLive(services.files, 'golden');
  if (!/^[1-9]\d{0,5}$/.test(id)) throw noPointFault(`golden:${id}`);
  return currentGolden(services, Number(id), readOptions);
}

async function withPoint<T>(
  services: Services,
  at: At,
  { signal, log }: ReadOptions,
  work: Work<T>,
): Promise<T> {
  const point = pointAt(services.read, at);
  const side = describePoint(services, at);
  if (point.id === newestPoint(services.read).id) return withOpen(services, (db) => work({ db, side }));
  using scratch = await openScratch(services, point, services.files.target, signal);
  using db = openConnection(scratch.files.data, { mode: 'read', log });
  return await work({ db, side });
}
