import { recoverableVerdicts } from '#core/open/checks.ts';
import { readRecordedHead } from '#core/log/audit/head.ts';
import { listBackups } from '#core/versions/list.ts';
import { readBackup } from '#core/versions/list.ts';
import { findOwnerId, possiblePlaces } from '#core/versions/backup-folders.ts';
import type { PossiblePlace } from '#core/versions/backup-folders.ts';
import { refuseMissingFolder } from '#core/kernel/backups-folder.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import type { Log } from '#core/kernel/logger.ts';
import type { RecoverableBackup } from '#shared/shell/events.ts';
import type { FromData, ToData } from '#shared/shell/process.ts';
import { errorFields } from './log-file.ts';
import { refusalOf } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Maximum number of backups in the window; the command line lists all. */
const maxBackups = 20;

/** Whether the live file itself is missing, corrupt or out of step with its recorded head. */
export const isLost = ({ reason }: Pick<Refusal, 'reason'>): boolean => recoverableVerdicts.has(reason);

/** Recovery applies to live only. */
export const isRecoverable = (
  refusal: Refusal,
  { target }: Pick<Extract<ToData, { kind: 'open' }>, 'target'>,
): boolean => isLost(refusal) && target.kind === 'live';

type RecoveryOptions = Pick<Extract<FromData, { kind: 'failed' }>, 'backups' | 'backupsRefused' | 'absent'>;
interface RankedBackup {
  backup: RecoverableBackup;
  rank: number;
}

/**
 * Lists usable backups, newest first, for a live file that cannot be opened. It searches the current folder,
 * earlier backup folders and `pointed`. `absent` names the folders that are missing; `backupsRefused` says
 * why a folder could not be read. Never rejects.
 */
export async function offerRecovery(
  { workspace, target, pointed }: Extract<ToData, { kind: 'open' }>,
  refusal: Refusal,
  log: Log,
): Promise<RecoveryOptions> {
  if (!isRecoverable(refusal, { target })) return { backups: [] };
  const files = workspaceFiles(workspace);
  const rankedBackups: RankedBackup[] = [];
  let backupsRefused: RecoveryOptions['backupsRefused'];
  const recordRefusal = (error: unknown): void => {
    log.error(errorFields(error), 'backups not read');
    backupsRefused ??= refusalOf(error, workspace).refused;
  };
  const absent: string[] = [];
  try {
    refuseMissingFolder(files.backups);
  } catch (error) {
    recordRefusal(error);
  }
  const places = await possiblePlaces(workspace, pointed).catch((error: unknown): PossiblePlace[] => {
    recordRefusal(error);
    return [];
  });
  for (const place of places) {
    if (!place.there) {
      if (place.name !== null) absent.push(place.name);
      continue;
    }
    try {
      for (const candidate of await rankBackups(place, files)) {
        if (!rankedBackups.some(({ backup: { id } }) => id === candidate.backup.id))
          rankedBackups.push(candidate);
      }
    } catch (error) {
      recordRefusal(error);
    }
  }
  // The first entry is the default. The order is: own backups, own ones displaced by a restore or reset, those of other workspaces.
  rankedBackups.sort(
    (first, second) => first.rank - second.rank || (first.backup.made < second.backup.made ? 1 : -1),
  );
  const backups = rankedBackups.slice(0, maxBackups).map(({ backup }) => backup);
  return {
    backups,
    ...(absent.length > 0 && { absent }),
    ...(backupsRefused && { backupsRefused }),
  };
}

async function rankBackups(
  { folder, key, name, today }: PossiblePlace,
  files: WorkspaceFiles,
): Promise<RankedBackup[]> {
  const ranked: RankedBackup[] = [];
  const recordedHead = readRecordedHead(files.head);
  const owner = await findOwnerId(files, [folder]);
  for (const listed of await listBackups(folder, recordedHead)) {
    const { id, made, reason, counts, verified, problem, workspace } = listed;
    if (problem !== null || made === null) continue;
    const { head } = await readBackup(folder, id);
    const another = workspace !== owner;
    const later = recordedHead === null ? null : recordedHead.hash !== head.hash;
    const until = later === true ? (recordedHead?.created_at ?? null) : null;
    const isReplaced = !another && listed.replaced;
    const rank = another ? 2 : Number(isReplaced);
    const place = today ? null : { key, name };
    const isIntact = verified?.ok ?? null;
    const backup = {
      id,
      made,
      reason,
      counts,
      verified: isIntact,
      later,
      until,
      another,
      replaced: isReplaced,
      place,
    };
    ranked.push({ backup, rank });
  }
  return ranked;
}
