import { syncReasons } from '#shared/contract/reasons.ts';
import type { SyncReason } from '#shared/contract/reasons.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { faultText } from '#shared/texts/fault-text.ts';
import { countPhrase, formatTime } from '../format.ts';

/** The state in the words of the window. */
const stateTexts: Readonly<Record<SyncStatus['state'], string>> = {
  off: 'Not shared',
  idle: 'All changes sent',
  syncing: 'Syncing…',
  offline: 'Offline',
  paused: 'Sync paused',
  signed_out: 'Signed out',
  diverged: 'Sync needs repair: see "frames sync compare" and "frames sync repair"',
};

function stateText({ state, in_step, pending, problem, last_sync }: SyncStatus): string {
  if (state !== 'idle') return stateTexts[state];
  if (in_step) return 'Up to date';
  if (problem !== null && problem !== 'no_keyring') return 'Sync stopped';
  if (last_sync === null) return 'First sync not finished';
  return pending > 0 ? 'Changes not sent yet' : stateTexts.idle;
}

const isSyncReason = (problem: string): problem is SyncReason =>
  (syncReasons as readonly string[]).includes(problem);

function problemText({ problem, network, last_failure }: SyncStatus): string {
  const text = isSyncReason(problem ?? '')
    ? faultText('SYNC', { reason: problem as SyncReason, ...(network && { network }) })
    : 'FRAMES failed unexpectedly; the log has details.';
  return last_failure === undefined ? text : `${text} (${formatTime(last_failure)})`;
}

/** What a person needs to know of a sync, in a few lines. */
export function syncStatusLines(status: SyncStatus): string[] {
  const { server, pending, conflicts, quarantined, refused_files = [], problem, last_sync, people } = status;
  return [
    `State: ${stateText(status)}`,
    ...(problem === null ? [] : [`Problem: ${problemText(status)}`]),
    ...(server === null
      ? []
      : [
          `Server: ${server.url}, as ${server.user.name} (${server.user.email}, ${server.user.role})`,
          `Shared: ${server.share === 'all' ? 'everything' : server.share}`,
          `Last sync: ${last_sync === null ? 'none' : formatTime(last_sync)}`,
        ]),
    ...(pending > 0 ? [`Pending: ${countPhrase(pending, 'change')}`] : []),
    ...(conflicts > 0
      ? [`To resolve: ${countPhrase(conflicts, 'conflict')}; list with "frames sync conflicts"`]
      : []),
    ...(quarantined > 0
      ? [`Rejected: ${countPhrase(quarantined, 'change')}; list with "frames sync quarantine"`]
      : []),
    ...(refused_files.length > 0
      ? [`Files that the server refused: ${refused_files.join(', ')}; ask its admin for space`]
      : []),
    ...(people.length > 0 ? [`Online: ${people.map(({ name }) => name).join(', ')}`] : []),
  ];
}
