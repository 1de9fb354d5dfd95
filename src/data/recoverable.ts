import { recoverableVerdicts } from '#core/open/checks.ts';
import { keptHead } from '#core/log/audit/head.ts';
import { listBackups } from '#core/versions/list.ts';
import { readBackup } from '#core/versions/list.ts';
import { ownerBy, possiblePlaces } from '#core/versions/place.ts';
import type { PossiblePlace } from '#core/versions/place.ts';
import { refuseMissingPlace } from '#core/kernel/backups-folder.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import type { Log } from '#core/kernel/logger.ts';
import type { FromData, Recoverable, ToData } from '#shared/shell/process.ts';
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
  one: Recoverable;
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
  const found: RankedBackup[] = [];
  let backupsRefused: RecoveryOptions['backupsRefused'];
  const refuse = (error: unknown): void => {
    log.error(errorFields(error), 'backups not read');
    backupsRefused ??= refusalOf(error, workspace).refused;
  };
  const absent: string[] = [];
  try {
    refuseMissingPlace(files.backups);
  } catch (error) {
    refuse(error);
  }
  for (const place of await possiblePlaces(workspace, pointed).catch(
    (error: unknown) => (refuse(error), []),
  )) {
    if (!place.there) {
      if (place.name !== null) absent.push(place.name);
      continue;
    }
    try {
      for (const one of await usableIn(place, files)) {
        if (!found.some(({ one: { id } }) => id === one.one.id)) found.push(one);
      }
    } catch (error) {
      refuse(error);
    }
  }
  // The first entry is the default: own backups before another workspace's, and those displaced by a restore
  // or reset last of the own ones.
  found.sort((first, second) => first.rank - second.rank || (first.one.made < second.one.made ? 1 : -1));
  const backups = found.slice(0, maxBackups).map(({ one }) => one);
  return {
    backups,
    ...(absent.length > 0 && { absent }),
    ...(backupsRefused && { backupsRefused }),
  };
}

async function usableIn(
  { folder, key, name, today }: PossiblePlace,
  files: WorkspaceFiles,
): Promise<RankedBackup[]> {
  const found: RankedBackup[] = [];
  const recordedHead = keptHead(files.head);
  const owner = await ownerBy(files, [folder]);
  for (const one of await listBackups(folder, recordedHead)) {
    const { id, made, reason, counts, verified, problem, workspace } = one;
    if (problem !== null || made === null) continue;
    const { head } = await readBackup(folder, id);
    const another = workspace !== owner;
    const later = recordedHead === null ? null : recordedHead.hash !== head.hash;
    const until = later === true ? (recordedHead?.created_at ?? null) : null;
    const replaced = !another && one.replaced;
    const rank = another ? 2 : Number(replaced);
    const place = today ? null : { key, name };
    const isIntact = verified?.ok ?? null;
    const backup = { id, made, reason, counts, verified: isIntact, later, until, another, replaced, place };
    found.push({ one: backup, rank });
  }
  return found;
}
