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
import type { Quarantined, SyncStatus } from '#shared/contract/sync.ts';
import { say } from '../../i18n/setup.ts';
import { permissionText } from '../../text/faults.ts';
import { joined, lookUp } from '../../text/names.ts';
import { ago } from '../../text/time.ts';
import type { IconType } from '../../ui/icons.ts';

/** What a server is called: its address without what every address has. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host ?? url;
}

/** It does not sync at the moment, although nobody wanted that. */
const isStopped = ({ problem }: SyncStatus): boolean => problem !== null && problem !== 'no_keyring';

/** What is open of a workspace that shares: "3 pending", "2 conflicts", "1 refused"; what is nought is not named. */
function counts({ pending, conflicts, quarantined }: SyncStatus): string[] {
  return [
    ...(conflicts > 0 ? [say('sync:chip.conflicts', { count: conflicts })] : []),
    ...(quarantined > 0 ? [say('sync:chip.refused', { count: quarantined })] : []),
    ...(pending > 0 ? [say('sync:chip.pending', { count: pending })] : []),
  ];
}

/** Where the workspace stands with its server, in a few words: "Offline · 3 pending". */
export function chipText(status: SyncStatus): string {
  const { state, in_step } = status;
  const open = counts(status);
  const hindrance = state !== 'idle' ? state : isStopped(status) ? 'problem' : null;
  if (hindrance !== null) return [say(`sync:chip.${hindrance}`), ...open].join(' · ');
  if (open.length > 0) return open.join(' · ');
  return say(in_step ? 'sync:chip.inStep' : status.last_sync === null ? 'sync:chip.begun' : 'sync:chip.sent');
}

const problemKey = (problem: string): string => `faults:sync.${problem}`;

/** Why it could not sync the last time, in a sentence with what can be done; null where nothing is wrong. */
export function problemText({ problem }: SyncStatus): string | null {
  if (problem === null) return null;
  const title = lookUp(`${problemKey(problem)}.title`) ?? say('faults:SYNC.title');
  const action = lookUp(`${problemKey(problem)}.action`) ?? say('faults:SYNC.action');
  return `${title}. ${action}`;
}

/** The same in a sentence or two, with when it last synced. */
export function chipTitle(status: SyncStatus): string {
  const { state, last_sync } = status;
  if (state === 'off') return say('sync:chip.offTitle');
  const synced = last_sync === null ? say('sync:never') : say('sync:lastSync', { when: ago(last_sync) });
  return [headline(status), synced].join('. ');
}

/** Where it stands, as a sentence without its end. */
export function headline(status: SyncStatus): string {
  const { state, pending, conflicts, quarantined, in_step, last_sync } = status;
  if (state === 'off') return say('sync:head.off');
  if (state !== 'idle') return say(`sync:head.${state}`);
  if (isStopped(status)) return say('sync:head.problem');
  if (last_sync === null) return say('sync:head.begun');
  const decisions = [
    ...(conflicts > 0 ? [say('sync:head.conflicts', { count: conflicts })] : []),
    ...(quarantined > 0 ? [say('sync:head.refused', { count: quarantined })] : []),
  ];
  if (decisions.length > 0) return say('sync:head.decide', { what: joined(decisions) });
  if (pending > 0) return say('sync:head.pending', { count: pending });
  return say(in_step ? 'sync:head.inStep' : 'sync:head.sent');
}

type Tone = 'plain' | 'good' | 'warn';

/** The sign that goes with the words, and how it is coloured. */
export function signOf(status: SyncStatus): { icon: IconType; tone: Tone } {
  const { state, pending, conflicts, quarantined, in_step } = status;
  if (state === 'off') return { icon: IconCloudOff, tone: 'plain' };
  if (state === 'diverged') return { icon: IconCloudExclamation, tone: 'warn' };
  if (state === 'signed_out') return { icon: IconCloudLock, tone: 'warn' };
  if (state === 'paused') return { icon: IconCloudPause, tone: 'plain' };
  if (state === 'offline') return { icon: IconCloudX, tone: 'plain' };
  if (conflicts + quarantined > 0 || isStopped(status)) return { icon: IconCloudExclamation, tone: 'warn' };
  if (pending > 0) return { icon: IconCloudUp, tone: 'plain' };
  return in_step ? { icon: IconCloudCheck, tone: 'good' } : { icon: IconCloud, tone: 'plain' };
}

const forbidden = 'forbidden:';

/** Why the server refused a change, as a sentence; a reason that is not known is told in the server's own words. */
export function refusalReason({ code, message }: Pick<Quarantined, 'code' | 'message'>): string {
  if (!code.startsWith(forbidden)) return lookUp(`sync:reason.${code}`) ?? message;
  const rule = code.slice(forbidden.length);
  const known = permissionText(rule);
  return known === rule && message !== '' ? message : known;
}
