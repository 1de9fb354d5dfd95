import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { existsSync } from 'node:fs';
import { workspaceFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { behindIn } from '../log/audit/missing-tail.ts';
import type { Behind } from '../log/audit/missing-tail.ts';
import { keepHead } from '../log/audit/head.ts';
import { hasForeignWal, foreignWalFault } from '../log/audit/foreign-wal.ts';
import { asDeclaredFault } from '../versions/declared.ts';
import { isAnothers } from '../versions/place.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { clearCorruptionRecord } from '../kernel/db/corruption-guard.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { permitRestore } from '../model/permissions.ts';
import { settleBeforeReplacing } from '../versions/golden-store.ts';
import type { Log } from '../kernel/logger.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { actorOf } from '../log/session.ts';
import { withExclusiveAccess, withSidecarCleanup } from '../kernel/swap/exclusive-access.ts';
import { noteReplaced, profileIn } from './image.ts';
import { bringForward } from '../versions/check.ts';
import { closeLive, readAnyLive } from '../log/closed-live.ts';
import type { Replacing } from './replace.ts';
import { keepSafe } from './safety.ts';
import type { Safety } from './safety.ts';

export interface Accepted extends Behind, Safety {
  another: boolean;
  op_id: string;
}

/**
 * Accepts a file whose history lacks recorded changes as the workspace's own. Backs it up; the audit records the acceptance and since when
 * changes are missing, and its own head is recorded. Nobody may have the workspace open. Admins only. Null, without any change, if nothing
 * was missing. Throws WORKSPACE, FORBIDDEN, UNKNOWN_ACTOR, BUSY naming who has it open, CANCELLED.
 */
export async function acceptFile(given: Replacing): Promise<Accepted | null> {
  const accepting = { ...given, files: workspaceFiles(given.files.folder) };
  try {
    return await withExclusiveAccess(accepting, () =>
      withSidecarCleanup(accepting.files, () => held(accepting)),
    );
  } catch (error) {
    throw asDeclaredFault(error);
  }
}

async function held(accepting: Replacing): Promise<Accepted | null> {
  const { files, actor, recovery, log, signal } = accepting;
  const live = readAnyLive({ files, actor, recovery, log });
  if (!live) throw whyUnusable(files, log);
  permitRestore(actorOf(live.by));
  const behind = lookAt(accepting);
  if (!behind) return null;
  const another = await isAnothers(files, live.workspace);
  // Golden versions published in the missing changes are not in this file's log.
  await settleBeforeReplacing(accepting, false);
  const kept = await keepSafe(accepting, 'restore', live);
  const { safety, safety_usual } = kept;
  checkCancelled(signal);
  closeLive(files);
  await bringForward(files.live, { ...accepting, spoiled });
  const { head, op_id } = await noteReplaced(files.live, {
    ...accepting,
    spoiled,
    by: profileIn(files.live, live.by.id, log),
    act: 'workspace.accepted',
    what: {
      reason: behind.reason,
      missing_until: behind.until,
      safety,
      ...(safety_usual && { safety_usual }),
      ...(another && { another }),
      ...(live.recovery && { recovery: true }),
    },
  });
  // If interrupted before this line, the file is still refused, and can be accepted again.
  keepHead(files.head, head, true);
  // The backup found it intact.
  clearCorruptionRecord(files, log);
  log.warn({ ...behind, ...kept }, 'the file was taken as it is');
  return { ...behind, another, ...kept, op_id };
}

/** Why a file that `readAnyLive` refuses cannot be accepted: another file's log next to it, missing, or damaged. */
export function whyUnusable(files: WorkspaceFiles, log: Log): Fault {
  if (hasForeignWal(files, log)) return foreignWalFault(files);
  if (existsSync(files.live)) return spoiled();
  return workspaceFault('lost', { why: clause('restoreInstead') });
}

function lookAt({ files, log }: Replacing): Behind | null {
  const db = openConnection(files.live, { mode: 'read', log });
  try {
    return behindIn(files.head, db);
  } finally {
    db.close();
  }
}

const spoiled = (why: Sentence = clause('recorded')): Fault => workspaceFault('damaged', { why });
