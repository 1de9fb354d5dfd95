import { Fault, isFault } from '#shared/contract/faults.ts';
import { behindFault } from '../log/audit/missing-tail.ts';
import { declared } from '../backup/declared.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { permitGolden } from '../model/permissions.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { replaceLive } from '../restore/replace.ts';
import type { Replaced, Replacing } from '../restore/replace.ts';
import { adoptStaying, readStaying } from './adopt.ts';
import type { Staying } from './adopt.ts';
import { versionMeant } from './current.ts';
import { takeOut } from './image.ts';
import { installShipped } from './keep.ts';
import { badGolden, calledGolden } from './manifest.ts';
import { readGolden, versionPlace } from './place.ts';

export interface Resetting extends Replacing {
  /** The folder of what comes with the program. */
  resources: string | null;
  /** The current one unless told. */
  version?: number | undefined;
}

export interface Reset extends Replaced {
  version: number;
}

/**
 * Puts the records of a golden version in the place of live's, in the way that restoring does it: backed up first, replaced in one step, and said by
 * the audit. Which workspace it is, its name, which backups stay, and who may act stay as they are in live. For admins. Throws GOLDEN,
 * WORKSPACE (also where live is damaged, or lacks changes: that is restored from a backup), FORBIDDEN, UNKNOWN_ACTOR, BUSY, CANCELLED.
 */
export async function resetToGolden(wanted: Resetting): Promise<Reset> {
  const { files, log, signal } = wanted;
  try {
    checkCancelled(signal);
    const version = await wantedVersion(wanted);
    const place = versionPlace(files, version);
    let staying: Staying | undefined;
    const replaced = await replaceLive(wanted, {
      called: `golden ${version}`,
      reason: 'reset',
      act: 'golden.reset',
      of: { version, sha256: (await readGolden(place)).sha256 },
      permit: permitGolden,
      ofWhole: true,
      spoiled: (why) => badGolden('damaged', version, `${calledGolden(version)} is damaged. ${why}`),
      bring: async (image, live) => {
        if (!live) throw lost();
        // What stays as it is in live would be that of another file.
        if (live.behind) throw behindFault(live.behind);
        const db = openConnection(files.live, { mode: 'read', log });
        try {
          staying = readStaying(db);
        } finally {
          db.close();
        }
        return takeOut(place, image, wanted);
      },
      adopt: (write) => adoptStaying(write, staying as Staying),
    });
    return { version, ...replaced };
  } catch (error) {
    throw declared(error);
  }
}

/** The number of the version, whose place is read before anything is done. Takes in what comes with the program. */
async function wantedVersion({ version, ...wanted }: Resetting): Promise<number> {
  const { problem } = await installShipped({ ...wanted, live: null });
  try {
    return await versionMeant(wanted.files, version);
  } catch (error) {
    if (problem === null || !isOfNone(error)) throw error;
    throw badGolden('missing', 0, problem.replace(/ Nothing was changed\.$/, ''));
  }
}

/** Whether there is no version at all. */
const isOfNone = (error: unknown): boolean =>
  isFault(error) && error.code === 'GOLDEN' && 'version' in error.data && error.data.version === 0;

function lost(): Fault {
  const message =
    'The file of this workspace is missing or damaged: restore a backup first ("frames backup restore"). Nothing was changed.';
  return new Fault('WORKSPACE', message, { reason: 'damaged' });
}
