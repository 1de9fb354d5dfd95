import type { Finding } from '#shared/contract/care.ts';
import { isLiveCorrupt } from '../kernel/db/corruption-guard.ts';
import type { Services } from '../model/services.ts';
import { lastDailyOf } from '../versions/last-daily.ts';
import { backupFolderFinding } from './backups.ts';
import { clockFinding } from './clock.ts';
import { otherWindowFindings } from './other-windows.ts';
import { workspaceFolderFindings } from './folder-findings.ts';

type WarningServices = Pick<Services, 'files' | 'read' | 'source' | 'singletons'>;

/**
 * Warnings that the window shows by itself, worst first: about corruption, the disk, the folder, the clock, the backups and other windows.
 * Reads only the end of the log. `freeBytesOf` returns the free bytes of a disk.
 */
export async function warningsOf(
  { files, read, source, singletons }: WarningServices,
  freeBytesOf?: (folder: string) => Promise<number>,
): Promise<Finding[]> {
  const backupsFolder = files.target.kind === 'live' ? [backupFolderFinding(files.backups)] : [];
  const closedFinding: Finding = { id: 'noted', state: 'bad', code: 'noted.closed', params: {} };
  const warnings = [
    ...(isLiveCorrupt(files) ? [closedFinding] : []),
    ...(await workspaceFolderFindings(files, freeBytesOf)),
    clockFinding(read, source.clock.now()),
    ...backupsFolder,
  ].filter(({ state, code }) => state !== 'good' && code !== 'disk.unknown');
  const daily = lastDailyOf({ singletons })
    .findings()
    .filter((one) => !isExplained(one, warnings));
  const rank = { bad: 0, warn: 1, good: 2 };
  return [...warnings, ...daily, ...otherWindowFindings(files)].toSorted(
    (a, b) => rank[a.state] - rank[b.state],
  );
}

/** Whether another warning is the cause of a missed daily backup, which is then not reported. */
const isExplained = ({ params }: Finding, warnings: readonly Finding[]): boolean =>
  warnings.some(
    ({ id, state }) =>
      (id === 'disk' && state === 'bad' && params['reason'] === 'full') ||
      (id === 'noted' && params['reason'] === 'damaged') ||
      (id === 'access' && params['reason'] === 'read_only') ||
      (id === 'place' && params['reason'] === 'no_backups_place'),
  );
