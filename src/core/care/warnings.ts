import type { Finding } from '#shared/contract/care.ts';
import { isClosed } from '../kernel/db/corruption-guard.ts';
import type { Services } from '../model/services.ts';
import { lastDailyOf } from '../versions/last-daily.ts';
import { placeFinding } from './backups.ts';
import { clockFinding } from './clock.ts';
import { otherWindows } from './others.ts';
import { lookAtPlace } from './place.ts';

type Asked = Pick<Services, 'files' | 'read' | 'source' | 'singletons'>;

/**
 * What somebody who works here should hear unasked, the worst first: damage that keeps from writing, a full disk, a folder that can only be read or is synced, a clock that
 * is behind, a place of backups that is not there, a daily backup that was not made, another window. Nothing is read but the end of the
 * log. `free` says how many bytes a disk takes.
 */
export async function warningsOf(
  { files, read, source, singletons }: Asked,
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

/** A backup that was not made for want of what is said anyway. */
const isExplained = ({ params }: Finding, found: readonly Finding[]): boolean =>
  found.some(
    ({ id, state }) =>
      (id === 'disk' && state === 'bad' && params['reason'] === 'full') ||
      (id === 'noted' && params['reason'] === 'damaged') ||
      (id === 'access' && params['reason'] === 'read_only') ||
      (id === 'place' && params['reason'] === 'no_backups_place'),
  );
