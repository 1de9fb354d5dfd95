import {
  IconCloud,
  IconCloudCheck,
  IconCloudExclamation,
  IconCloudLock,
  IconCloudOff,
  IconCloudPause,
  IconCloudUp,
  IconCloudX,
} from '@tabler/icons-react';
import type { QuarantinedChange, SyncStatus } from '#shared/contract/sync.ts';
import { say } from '../../i18n/setup.ts';
import { networkText, permissionText } from '../../text/faults.ts';
import { joinWithAnd, lookUp } from '../../text/names.ts';
import { timeAgo } from '../../text/time.ts';
import type { IconType } from '../../ui/icons.ts';

export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/** Whether a problem stops sync. A missing keyring does not. */
const isStopped = ({ problem }: SyncStatus): boolean => problem !== null && problem !== 'no_keyring';

/** The counts that are not zero, as texts: "2 conflicts", "1 rejected change", "3 pending". */
function countTexts({ pending, conflicts, quarantined, refused_files = [] }: SyncStatus): string[] {
  return [
    ...(conflicts > 0 ? [say('sync:state.conflicts', { count: conflicts })] : []),
    ...(quarantined > 0 ? [say('sync:state.rejected', { count: quarantined })] : []),
    ...(refused_files.length > 0 ? [say('sync:state.refusedFiles', { count: refused_files.length })] : []),
    ...(pending > 0 ? [say('sync:state.pending', { count: pending })] : []),
  ];
}

/** The state of sync in a few words: "Offline · 3 pending". */
export function chipText(status: SyncStatus): string {
  const { state, in_step, last_sync } = status;
  const counts = countTexts(status);
  const problemState = isStopped(status) ? 'problem' : null;
  const blockingState = state === 'idle' ? problemState : state;
  if (blockingState !== null) return [say(`sync:state.${blockingState}`), ...counts].join(' · ');
  if (counts.length > 0) return counts.join(' · ');
  if (in_step) return say('sync:state.inStep');
  return say(last_sync === null ? 'sync:state.begun' : 'sync:state.sent');
}

const problemKey = (problem: string): string => `faults:sync.${problem}`;

/** Why the last sync failed and what to do; null if it did not fail. */
export function problemText({ problem, network }: SyncStatus): string | null {
  if (problem === null) return null;
  if (network) return networkText(network);
  const title = lookUp(`${problemKey(problem)}.title`) ?? say('faults:SYNC.title');
  const action = lookUp(`${problemKey(problem)}.action`) ?? say('faults:SYNC.action');
  return `${title}. ${action}`;
}

/** The headline with the time of the last sync. */
export function chipTitle(status: SyncStatus): string {
  const { state, last_sync } = status;
  if (state === 'off') return say('sync:state.offTitle');
  const lastSyncText =
    last_sync === null ? say('sync:never') : say('sync:lastSync', { when: timeAgo(last_sync) });
  return [syncHeadline(status), lastSyncText].join(' · ');
}

export function syncHeadline(status: SyncStatus): string {
  const { state, pending, conflicts, quarantined, refused_files = [], in_step, last_sync } = status;
  if (state === 'off') return say('sync:state.off');
  if (state !== 'idle') return say(`sync:state.${state}`);
  if (isStopped(status)) return say('sync:state.problem');
  if (last_sync === null) return say('sync:state.begun');
  const decisionTexts = [
    ...(conflicts > 0 ? [say('sync:state.conflicts', { count: conflicts })] : []),
    ...(quarantined > 0 ? [say('sync:state.rejected', { count: quarantined })] : []),
  ];
  if (decisionTexts.length > 0) return say('sync:state.decide', { what: joinWithAnd(decisionTexts) });
  if (pending > 0) return say('sync:state.pending', { count: pending });
  if (refused_files.length > 0)
    return say('sync:state.filesRefused', { count: refused_files.length, names: joinWithAnd(refused_files) });
  return say(in_step ? 'sync:state.inStep' : 'sync:state.sent');
}

type Tone = 'plain' | 'good' | 'warn';

/** The icon of the state and its tone. */
export function iconAndTone(status: SyncStatus): { icon: IconType; tone: Tone } {
  const { state, pending, conflicts, quarantined, refused_files = [], in_step } = status;
  if (state === 'off') return { icon: IconCloudOff, tone: 'plain' };
  if (state === 'diverged') return { icon: IconCloudExclamation, tone: 'warn' };
  if (state === 'signed_out') return { icon: IconCloudLock, tone: 'warn' };
  if (state === 'paused') return { icon: IconCloudPause, tone: 'plain' };
  if (state === 'offline') return { icon: IconCloudX, tone: 'plain' };
  const refusals = conflicts + quarantined + refused_files.length;
  if (refusals > 0 || isStopped(status)) return { icon: IconCloudExclamation, tone: 'warn' };
  if (pending > 0) return { icon: IconCloudUp, tone: 'plain' };
  return in_step ? { icon: IconCloudCheck, tone: 'good' } : { icon: IconCloud, tone: 'plain' };
}

const forbiddenPrefix = 'forbidden:';

/** Why the server rejected a change; an unknown reason is shown in the server’s words. */
export function rejectionReason({ code, message }: Pick<QuarantinedChange, 'code' | 'message'>): string {
  if (!code.startsWith(forbiddenPrefix)) return lookUp(`sync:reason.${code}`) ?? message;
  const rule = code.slice(forbiddenPrefix.length);
  const ruleText = permissionText(rule);
  return ruleText === rule && message !== '' ? message : ruleText;
}
