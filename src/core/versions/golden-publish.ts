import { problemOf } from '#shared/contract/faults.ts';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isFault, reasonOf } from '#shared/contract/faults.ts';
import type { GoldenReport } from '#shared/contract/golden.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import { assertCanPublish } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { isoTime } from '../kernel/system.ts';
import { recordAct } from '../model/workspace-settings.ts';
import { recordLiveCorruption } from './check.ts';
import { makeVersion, stepReporter } from './create.ts';
import { asDeclaredFault, assertLive } from './declared-fault.ts';
import { installShipped, nameGolden, nextVersion, settleGolden, versionsIn } from './golden-store.ts';
import { withVersionsLock, createWorkFolder } from '../kernel/folder-lock.ts';
import type { VersionManifest } from './manifest.ts';
import { withVersion } from './unpack-version.ts';
import type { ReadOptions } from './unpack-version.ts';

export interface PublishResult extends Pick<VersionManifest, 'counts' | 'bytes' | 'sha256'> {
  version: number;
  op_id: string;
}

/**
 * Publishes a snapshot of live as a new golden version with `note`: a read-only version file, then its audit, then its number. Admins only.
 * Throws FORBIDDEN, WORKSPACE (damaged, full, read_only), BUSY, CANCELLED.
 */
export async function publishGolden(
  call: CallContext,
  options: ReadOptions,
  note = '',
): Promise<PublishResult> {
  const { services, session } = call;
  const { files, read, resources, log } = services;
  const { signal } = options;
  assertLive(files, 'golden');
  assertCanPublish(actorOf(actingProfile(read, session)));
  try {
    // The program's own version gets the first number.
    await installShipped({ ...options, resources, live: read });
    return await withVersionsLock(files.golden, 'exclusive', { signal }, async () => {
      await settleGolden(options, read);
      const version = await nextVersion(files);
      const workFolder = await createWorkFolder(files.golden, 'building');
      try {
        const file = join(workFolder, 'version');
        const { counts, bytes, sha256 } = await makeGolden(
          workFolder,
          file,
          { by: actingProfile(read, session).id, note },
          options,
        );
        const op_id = await nameGolden(call, file, version, (write) => {
          recordAct(write, 'golden.publish', { version, sha256 });
          write.audit.label('golden.publish', { version });
        });
        log.info({ version, op_id }, 'golden version published');
        return { version, counts, bytes, sha256, op_id };
      } finally {
        await rm(workFolder, { recursive: true, force: true });
      }
    });
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

function makeGolden(
  workFolder: string,
  file: string,
  { by, note }: { by: string; note: string },
  options: ReadOptions,
): Promise<VersionManifest> {
  const { files, clock, log } = options;
  const database = join(workFolder, 'image');
  const made = isoTime(clock.now());
  return recordLiveCorruption(options, async () => {
    await copyFile(files.live, database, { log, step: stepReporter(options, 'copying'), isTemporary: true });
    const golden = { by, note, shipped: null };
    const description = { kind: 'golden', made, reason: 'golden', golden } as const;
    return (await makeVersion(database, file, description, options)).manifest;
  });
}

/** Checks all golden versions, including the program's own. Problems are in the report. Throws BUSY, CANCELLED, and WORKSPACE for a full disk. */
export async function verifyGolden(
  options: ReadOptions & { resources: string | null },
): Promise<GoldenReport> {
  const shipped = await checkVersion(0, options);
  const versions: GoldenReport['versions'] = [];
  for (const version of await versionsIn(options.files))
    versions.push({ version, ...(await checkVersion(version, options)) });
  return { ok: [shipped, ...versions].every(({ ok }) => ok), shipped, versions };
}

async function checkVersion(
  version: number,
  options: ReadOptions & { resources: string | null },
): Promise<GoldenReport['shipped']> {
  try {
    await withVersion({ kind: 'golden', version }, options, () => Promise.resolve());
    return { ok: true, reason: null, problems: [] };
  } catch (error) {
    if (!isFault(error) || error.code !== 'GOLDEN') throw error;
    const reason = reasonOf(error);
    if (reason === 'no_room') throw error;
    return { ok: false, reason, problems: [problemOf(error)] };
  }
}
