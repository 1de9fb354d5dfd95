import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Fault } from '#shared/contract/faults.ts';
import { workFolder } from '../backup/leftovers.ts';
import { bringForward } from '../restore/image.ts';
import type { Tell } from '../kernel/progress-stream.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { checkWhole } from './keep.ts';
import type { Keeping } from './keep.ts';
import { badGolden, calledGolden } from './manifest.ts';
import type { GoldenManifest } from './manifest.ts';
import { copyGolden, readGolden } from './place.ts';
import type { GoldenPlace } from './place.ts';
import { withGolden } from './settle.ts';

export interface Reading extends Keeping {
  tell: Tell;
  signal: AbortSignal;
}

/**
 * Writes a golden version to `image`, a closed file of today's schema: its bytes are held against its manifest, its pages, schema and audit are
 * checked. Throws GOLDEN, BUSY, CANCELLED.
 */
export function takeOut(place: GoldenPlace, image: string, reading: Reading): Promise<GoldenManifest> {
  const { tell, signal } = reading;
  return withGolden(reading, 'together', async () => {
    const manifest = await readGolden(place);
    await copyGolden(place, manifest, image, (done, total) => {
      checkCancelled(signal);
      tell({ kind: 'progress', step: 'reading', done, total });
    });
    await checkWhole(place, image, manifest, reading);
    await bringForward(image, { ...reading, spoiled: (reason) => damaged(place, reason) });
    return manifest;
  });
}

const damaged = ({ version }: GoldenPlace, why: string): Fault =>
  badGolden('damaged', version, `${calledGolden(version)} is damaged. ${why}`);

/** Lets `work` have a golden version as a closed file of its own, which goes again. Throws as `takeOut`. */
export async function withImage<T>(
  place: GoldenPlace,
  reading: Reading,
  work: (image: string, manifest: GoldenManifest) => Promise<T>,
): Promise<T> {
  return withGolden(reading, 'together', async () => {
    const folder = await workFolder(reading.files.golden, 'verify');
    try {
      const image = join(folder, 'image');
      return await work(image, await takeOut(place, image, reading));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
