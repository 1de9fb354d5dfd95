import type { At, Copy, Moment } from '#shared/contract/moments.ts';
import { copyNamed } from '#shared/domain/moments.ts';
import { withOpen, withPlay } from '../compare/sides.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { Services } from '../model/services.ts';
import { onlyOnLive } from '../versions/declared.ts';
import { withGolden } from '../versions/golden-publish.ts';
import { currentGolden } from '../versions/golden-store.ts';
import { withBackup } from '../versions/open.ts';
import type { BackupManifest } from '../versions/manifest.ts';
import type { Reading } from '../versions/open.ts';
import { momentOf, newestPoint, noMoment, pointAt } from './point.ts';
import { takeScratch } from './scratch.ts';

/** One side of a comparison. */
export interface Side {
  db: ReadHandle;
  said: Moment | Copy;
}

/**
 * Runs `work` on a snapshot of a version, a sandbox or a point in time, on its own connection. Throws NOT_FOUND, GOLDEN, BACKUP, WORKSPACE,
 * BUSY, FORBIDDEN, CANCELLED.
 */
export function withSide<T>(
  services: Services,
  at: At,
  reading: Reading,
  work: (side: Side) => Promise<T>,
): Promise<T> {
  const named = copyNamed(String(at));
  if (!named) return withMoment(services, at, reading, work);
  const { copy, id } = named;
  if (copy === 'backup')
    return withBackup({ ...reading, id }, (db, manifest) =>
      work({ db, said: describeBackup(services, manifest) }),
    );
  if (copy === 'golden') return withVersion(services, id, reading, work);
  return withPlay(services, id, (db, { name, made_at }) =>
    work({ db, said: { copy, id, name, created_at: made_at, another: false } }),
  );
}

export function describeBackup({ read }: Services, { id, reason, made, workspace }: BackupManifest): Copy {
  return { copy: 'backup', id, name: reason, created_at: made, another: readFacts(read).id !== workspace };
}

async function withVersion<T>(
  services: Services,
  id: string,
  reading: Reading,
  work: (side: Side) => Promise<T>,
): Promise<T> {
  onlyOnLive(services.files, 'golden');
  if (!/^[1-9]\d{0,5}$/.test(id)) throw noMoment(`golden:${id}`);
  const version = await currentGolden(services, Number(id), reading);
  return withGolden(version, reading, async (image, { made, golden }) => {
    const db = openConnection(image, { mode: 'read', log: reading.log });
    try {
      return await work({
        db,
        said: { copy: 'golden', id, name: golden?.note ?? '', created_at: made, another: false },
      });
    } finally {
      db.close();
    }
  });
}

async function withMoment<T>(
  services: Services,
  at: At,
  { signal, log }: Reading,
  work: (side: Side) => Promise<T>,
): Promise<T> {
  const point = pointAt(services.read, at);
  const said = momentOf(services.read, point.id);
  if (point.id === newestPoint(services.read).id) return withOpen(services, (db) => work({ db, said }));
  const scratch = await takeScratch(services, point, services.files.target, signal);
  try {
    const db = openConnection(scratch.files.data, { mode: 'read', log });
    try {
      return await work({ db, said });
    } finally {
      db.close();
    }
  } finally {
    scratch.close();
  }
}
