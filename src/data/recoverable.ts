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

const lost: ReadonlySet<string> = new Set([
  'lost',
  'empty',
  'foreign',
  'damaged',
  'strange_log',
  'behind',
  'another_line',
]);
/** More than so many are not offered in the window; the command line has them all. */
const most = 20;

/** Whether it is the file itself that is gone or damaged. */
export const isLost = ({ reason }: Pick<Refusal, 'reason'>): boolean => lost.has(reason);

/** Whether it is live that was wanted, and can be recovered. */
export const isRecoverable = (
  refusal: Refusal,
  { target }: Pick<Extract<ToData, { kind: 'open' }>, 'target'>,
): boolean => isLost(refusal) && target.kind === 'live';

type Said = Pick<Extract<FromData, { kind: 'failed' }>, 'backups' | 'backupsRefused' | 'absent'>;
interface Found {
  one: Recoverable;
  rank: number;
}

/**
 * The backups that can be used, newest first, where live itself cannot be opened and it is it that was wanted, also in places where backups
 * lay before and in a folder that somebody points to; which of these places are not there; and why nobody can tell which there are in that of
 * today. Never rejects.
 */
export async function recoverable(
  { workspace, target, pointed }: Extract<ToData, { kind: 'open' }>,
  refusal: Refusal,
  log: Log,
): Promise<Said> {
  if (!isRecoverable(refusal, { target })) return { backups: [] };
  const files = workspaceFiles(workspace);
  const found: Found[] = [];
  let backupsRefused: Said['backupsRefused'];
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
  // What is offered first unless another is chosen: the workspace's own, and last of those what a restore or a reset displaced.
  found.sort((first, second) => first.rank - second.rank || (first.one.made < second.one.made ? 1 : -1));
  const backups = found.slice(0, most).map(({ one }) => one);
  return {
    backups,
    ...(absent.length > 0 && { absent }),
    ...(backupsRefused && { backupsRefused }),
  };
}

async function usableIn(
  { folder, key, name, today }: PossiblePlace,
  files: WorkspaceFiles,
): Promise<Found[]> {
  const found: Found[] = [];
  const kept = keptHead(files.head);
  const owner = await ownerBy(files, [folder]);
  for (const one of await listBackups(folder, kept)) {
    const { id, made, reason, counts, verified, problem, workspace } = one;
    if (problem !== null || made === null) continue;
    const { head } = await readBackup(folder, id);
    const another = workspace !== owner;
    const later = kept === null ? null : kept.hash !== head.hash;
    const until = later === true ? (kept?.created_at ?? null) : null;
    const replaced = !another && one.replaced;
    const rank = another ? 2 : Number(replaced);
    const place = today ? null : { key, name };
    const whole = verified?.ok ?? null;
    const told = { id, made, reason, counts, verified: whole, later, until, another, replaced, place };
    found.push({ one: told, rank });
  }
  return found;
}
