import type { Finding } from '#shared/contract/care.ts';
import { isClosed } from '../kernel/db/corruption-guard.ts';
import type { Services } from '../model/services.ts';
import { lastDailyOf } from '../versions/last-daily.ts';
import { placeFinding } from './backups.ts';
import { clockFinding } from './clock.ts';
import { otherWindows } from './others.ts';
import { lookAtPlace } from './place.ts';

type WarningServices = Pick<Services, 'files' | 'read' | 'source' | 'singletons'>;

/**
 * Warnings that are shown without being asked for, worst first: damage that prevents writing, a full disk, a read-only or synced folder, a
 * clock that is behind, a missing folder of backups, a missed daily backup, another window. Reads only the end of the log. `free` returns
 * the free bytes of a disk.
 */
export async function warningsOf(
  { files, read, source, singletons }: WarningServices,
  free?: (folder: string) => Promise<number>,
): Promise<Finding[]> {
  const place = files.target.kind === 'live' ? [placeFinding(files.backups)] : [];
  const closed: Finding = { id: 'noted', state: 'bad', code: 'noted.closed', params: {} };
  const found = [
    ...(isClosed(files) ? [closed] : []),
    ...(await lookAtPlace(files, free)),
    clockFinding(read, source.clock.now()),
    ...place,
  ].filter(({ state, code }) => state !== 'good' && code !== 'disk.unknown');
  const daily = lastDailyOf({ singletons })
    .findings()
    .filter((one) => !isExplained(one, found));
  const rank = { bad: 0, warn: 1, good: 2 };
  return [...found, ...daily, ...otherWindows(files)].toSorted((a, b) => rank[a.state] - rank[b.state]);
}

/** Not reported twice if another warning is the cause. */
const isExplained = ({ params }: Finding, found: readonly Finding[]): boolean =>
  found.some(
    ({ id, state }) =>
      (id === 'disk' && state === 'bad' && params['reason'] === 'full') ||
      (id === 'noted' && params['reason'] === 'damaged') ||
      (id === 'access' && params['reason'] === 'read_only') ||
      (id === 'place' && params['reason'] === 'no_backups_place'),
  );
