import { problemOf } from '#shared/contract/faults.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import { permitGolden } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { isoTime } from '../kernel/system.ts';
import { noteAct } from '../model/workspace-settings.ts';
import { notingLive } from './check.ts';
import { makeVersion, stepOf } from './create.ts';
import { asDeclaredFault, onlyOnLive } from './declared.ts';
import { installShipped, nameGolden, nextVersion, settleGolden, versionsIn } from './golden-store.ts';
import { withVersions, createWorkFolder } from '../kernel/folder-lock.ts';
import type { VersionManifest } from './manifest.ts';
import { withVersion } from './open.ts';
import type { Reading } from './open.ts';

export interface Published extends Pick<VersionManifest, 'counts' | 'bytes' | 'sha256'> {
  version: number;
  op_id: string;
}

/**
 * Publishes a snapshot of live as a new golden version with `note`: a read-only version file, then its audit, then its number. Admins only.
 * Throws FORBIDDEN, WORKSPACE (damaged, full, read_only), BUSY, CANCELLED.
 */
export async function publishGolden(call: CallContext, reading: Reading, note = ''): Promise<Published> {
  const { services, session } = call;
  const { files, read, resources, log } = services;
  const { signal } = reading;
  onlyOnLive(files, 'golden');
  permitGolden(actorOf(actingProfile(read, session)));
  try {
    // The program's own version gets the first number.
    await installShipped({ ...reading, resources, live: read });
    return await withVersions(files.golden, 'alone', { signal }, async () => {
      await settleGolden(reading, read);
      const version = await nextVersion(files);
      const building = await createWorkFolder(files.golden, 'building');
      try {
        const file = join(building, 'version');
        const { counts, bytes, sha256 } = await make(
          building,
          file,
          { by: actingProfile(read, session).id, note },
          reading,
        );
        const op_id = await nameGolden(call, file, version, (write) => {
          noteAct(write, 'golden.publish', { version, sha256 });
          write.audit.label('golden.publish', { version });
        });
        log.info({ version, op_id }, 'golden version published');
        return { version, counts, bytes, sha256, op_id };
      } finally {
        await rm(building, { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function make(
  building: string,
  file: string,
  { by, note }: { by: string; note: string },
  reading: Reading,
): Promise<VersionManifest> {
  const { files, clock, log } = reading;
  const image = join(building, 'image');
  const made = isoTime(clock.now());
  return notingLive(reading, async () => {
    await copyFile(files.live, image, { log, step: stepOf(reading, 'copying'), passing: true });
    const golden = { by, note, shipped: null };
    return makeVersion(image, file, { kind: 'golden', made, reason: 'golden', golden }, reading);
  });
}

/**
 * Checks all golden versions, including the program's own. Problems are in the report. Throws BUSY, CANCELLED, and WORKSPACE for a full
 * disk.
 */
export async function verifyGolden(reading: Reading & { resources: string | null }): Promise<GoldenReport> {
  const shipped = await checked(0, reading);
  const versions: GoldenReport['versions'] = [];
  for (const version of await versionsIn(reading.files))
    versions.push({ version, ...(await checked(version, reading)) });
  return { ok: [shipped, ...versions].every(({ ok }) => ok), shipped, versions };
}

async function checked(
  version: number,
  reading: Reading & { resources: string | null },
): Promise<GoldenReport['shipped']> {
  try {
    await withVersion({ kind: 'golden', version }, reading, () => Promise.resolve());
    return { ok: true, reason: null, problems: [] };
  } catch (error) {
    if (!isFault(error) || error.code !== 'GOLDEN') throw error;
    const reason = reasonOf(error);
    if (reason === 'no_room') throw error;
    return { ok: false, reason, problems: [problemOf(error)] };
  }
}
