import { Fault, isFault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { RetentionPolicy } from '#shared/domain/retention.ts';
import { behindFault } from '../log/audit/missing-tail.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { permitGolden } from '../model/permissions.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { replaceLive } from '../restore/replace.ts';
import type { Replaced, Replacing } from '../restore/replace.ts';
import { profilesOf } from '../log/session.ts';
import { readFacts, writeFact } from '../log/workspace-facts.ts';
import { nameOfWorkspace, renameWorkspace } from '../workspace/rename.ts';
import { declared } from './declared.ts';
import { installShipped, readGolden, resolveVersion, unpackGolden, withoutEnd } from './golden-store.ts';
import { badGolden, calledGolden } from './manifest.ts';
import { readRetention, setRetention } from './prune.ts';

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
    let staying: Staying | undefined;
    const replaced = await replaceLive(wanted, {
      called: `golden ${version}`,
      reason: 'reset',
      act: 'golden.reset',
      of: { version, sha256: (await readGolden(files, version)).sha256 },
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
        return unpackGolden(version, image, wanted);
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
    return await resolveVersion(wanted.files, version);
  } catch (error) {
    if (problem === null || !isOfNone(error)) throw error;
    throw badGolden('missing', 0, withoutEnd(problem));
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

/** What stays as it is when live is reset: which workspace it is, what it is called, which backups stay, and who may act. */
interface Staying {
  workspace: string;
  name: string;
  retention: RetentionPolicy;
  /** Those who may act, the oldest first. */
  profiles: readonly { id: string; payload: JsonObject }[];
}

function readStaying(live: ReadHandle): Staying {
  const profiles = profilesOf(live).flatMap(({ id }) => {
    const found = locateIn(live, 'profile', id);
    return found ? [{ id, payload: found.payload }] : [];
  });
  return {
    workspace: readFacts(live).id,
    name: nameOfWorkspace(live),
    retention: readRetention(live),
    profiles,
  };
}

/** Brings what stays into a copy that is to take live's place. Returns the id of the workspace. */
function adoptStaying(write: WriteContext, staying: Staying): string {
  const { workspace, name, retention, profiles } = staying;
  writeFact(write.db, 'id', workspace);
  renameWorkspace(write, name);
  setRetention(write, retention);
  for (const { id, payload } of profiles) bring(write, id, withPlace(write, payload));
  const known = new Set(profiles.map(({ id }) => id));
  for (const { id } of profilesOf(write.db)) {
    const record = known.has(id) ? undefined : locateIn(write.db, 'profile', id);
    if (record) write.records.remove(record);
  }
  return workspace;
}

/** A profile of a university that is not there any more is of none. */
function withPlace({ db }: WriteContext, payload: JsonObject): JsonObject {
  const { university_id } = payload;
  const found = typeof university_id === 'string' ? locateIn(db, 'university', university_id) : null;
  return found === undefined || found?.deleted ? { ...payload, university_id: null } : payload;
}

function bring({ db, records }: WriteContext, id: string, payload: JsonObject): void {
  const record = locateIn(db, 'profile', id);
  if (!record) return records.create({ type: 'profile', id, payload });
  if (record.deleted) records.restore(record);
  const gone = Object.keys(record.payload).filter((field) => !Object.hasOwn(payload, field));
  records.update(record, payload, gone);
}
