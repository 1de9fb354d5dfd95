import { isFault, reasonOf } from '#shared/contract/faults.ts';
import { refuseStrangeLog } from '../log/audit/foreign-wal.ts';
import { damageIsNoted, refuseNotedDamage } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { refuseNotedLog } from './check-image.ts';
import type { Checking } from './check-image.ts';

/**
 * Checks live, for who opens it and reads what can be read, where damage was noted: the note goes where it is whole, else nothing is
 * written to it. Throws WORKSPACE, reason strange_log.
 */
export async function lookAgain(files: WorkspaceFiles, checking: Checking): Promise<void> {
  if (!damageIsNoted(files)) return;
  refuseStrangeLog(files, checking.log);
  try {
    refuseNotedDamage(files, checking.log);
    await refuseNotedLog(files, checking);
  } catch (error) {
    if (!isFault(error) || reasonOf(error) !== 'damaged') throw error;
  }
}
