import { open, rm } from 'node:fs/promises';
import { Fault } from '#shared/contract/faults.ts';
import { checkImage, FailedCheck, notingLive } from '../backup/check-image.ts';
import { declared } from '../backup/declared.ts';
import { examine } from '../backup/image.ts';
import { workFolder } from '../backup/leftovers.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import { permitGolden } from '../model/permissions.ts';
import { checkCancelled } from '../kernel/progress.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { isoTime } from '../kernel/system.ts';
import { noteAct } from '../model/workspace-settings.ts';
import { sumOfFile } from './sum.ts';
import type { Reading } from './image.ts';
import { installShipped, sealFolder } from './keep.ts';
import { goldenFormat } from './manifest.ts';
import type { GoldenManifest } from './manifest.ts';
import { nameVersion } from './name.ts';
import { imageIn, nextVersion, onlyOnLive } from './place.ts';
import { settleGolden, withGolden } from './settle.ts';

export interface Published extends Pick<GoldenManifest, 'version' | 'counts' | 'bytes' | 'sha256'> {
  op_id: string;
}

/**
 * Keeps live as it is at one moment as a new golden version, with `note` about it: copied through SQLite, checked as a whole, and made read-only, before the audit says
 * so and it gets its name. A crash between those two is settled by the next who works on golden versions. For admins. Throws FORBIDDEN,
 * WORKSPACE (damaged, full, read_only), BUSY, CANCELLED.
 */
export async function publishGolden(call: CallContext, reading: Reading, note = ''): Promise<Published> {
  const { services, session } = call;
  const { files, read, resources } = services;
  onlyOnLive(files);
  permitGolden(actorOf(actingProfile(read, session)));
  try {
    // The numbers of versions should begin with what comes with the program.
    await installShipped({ ...reading, resources, live: read });
    return await withGolden(reading, 'alone', async () => {
      await settleGolden(reading, read);
      const building = await workFolder(files.golden, 'building');
      try {
        return await name(call, building, await fill(building, { by: session.actor, note }, reading));
      } finally {
        await rm(building, { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw error instanceof FailedCheck ? damaged(error) : declared(error);
  }
}

function damaged({ message }: FailedCheck): Fault {
  const told = `The workspace is damaged: ${message}. No golden version was made of it. Nothing was changed.`;
  return new Fault('WORKSPACE', told, { reason: 'damaged' });
}

/** Makes the folder ready, but for its name. */
async function fill(
  folder: string,
  { by, note }: { by: string; note: string },
  reading: Reading,
): Promise<GoldenManifest> {
  const { files, clock, log, tell, signal } = reading;
  const version = await nextVersion(files);
  const image = imageIn({ folder, version });
  const step = (done: number, total: number): void => {
    checkCancelled(signal);
    tell({ kind: 'progress', step: 'copying', done, total });
  };
  await notingLive(reading, async () => {
    await copyFile(files.live, image, { log, step });
    await checkImage(image, reading);
  });
  await flush(image);
  const manifest: GoldenManifest = {
    format: goldenFormat,
    version,
    made: isoTime(clock.now()),
    by,
    ...(note === '' ? {} : { note }),
    shipped: null,
    ...examine(image, log),
    ...(await sumOfFile(image)),
  };
  await sealFolder(folder, manifest);
  return manifest;
}

/** Brings a closed file to the disk. */
async function flush(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Says it in live's audit and gives it its name. */
async function name(call: CallContext, building: string, manifest: GoldenManifest): Promise<Published> {
  const { version, counts, bytes, sha256 } = manifest;
  const op_id = await nameVersion(call, building, version, (write) => {
    noteAct(write, 'golden.publish', { version, sha256 });
    write.audit.label('golden.publish', { version });
  });
  call.services.log.info({ version, op_id }, 'golden version published');
  return { version, counts, bytes, sha256, op_id };
}
