import type { Outcome, RestoreState } from '#shared/shell/events.ts';
import { say } from '../../../i18n/setup.ts';
import { timeOfBackupId } from '#shared/domain/backup-id.ts';
import { bytesText } from '../../../text/bytes.ts';
import { refusalText } from '../../../text/faults.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { missingText } from '../../../text/audit.ts';
import { countedAll } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { reasonText } from '../reasons.ts';

type WorkKind = Outcome['what'];

export function workText(kind: WorkKind): string {
  if (kind === 'salvage') return say('backups:restore.salvaging');
  if (kind === 'vacuum') return say('care:pack.running');
  if (kind === 'goBack') return say('updates:goBack.running');
  return say(kind === 'place' ? 'care:place.running' : `backups:${kind}.running`);
}

/** Names the backup of the previous state, because undo cannot restore that state. */
function safetyText(backupId: string): string {
  const made = timeOfBackupId(backupId);
  return say('backups:restore.doneSafeOf', {
    when: made === null ? backupId : dateTimeToSecond(made),
    reason: reasonText('restore'),
  });
}

function previousStateText({ safety, gone }: { safety: string | null; gone?: boolean | undefined }): string {
  if (safety !== null) return safetyText(safety);
  return say(gone === true ? 'backups:restore.doneGone' : 'backups:restore.doneDisplaced');
}

/** Says that the backup of the previous state is in the workspace folder, if the chosen backup folder was not writable. */
const defaultFolderText = ({ safety_usual }: { safety_usual?: boolean | undefined }): string[] =>
  safety_usual === true ? [say('backups:restore.doneUsual')] : [];

function doneText(outcome: Outcome): { title: string; more: string } {
  switch (outcome.what) {
    case 'restore':
    case 'salvage':
      return {
        title: say(outcome.what === 'salvage' ? 'backups:restore.salvaged' : 'backups:restore.done', {
          what: countedAll(outcome.counts),
        }),
        more: [
          previousStateText(outcome),
          ...defaultFolderText(outcome),
          ...(outcome.missing ? [missingText(outcome.missing)] : []),
        ].join(' '),
      };
    case 'accept':
      return {
        title: say('backups:accept.done'),
        more: [
          missingText({ since: null, until: outcome.until }),
          say('backups:restore.doneSafe'),
          ...defaultFolderText(outcome),
        ].join(' '),
      };
    case 'vacuum': {
      const [before, after] = [bytesText(outcome.before), bytesText(outcome.after)];
      return { title: say('care:pack.done'), more: say('care:pack.doneMore', { before, after }) };
    }
    case 'goBack':
      return { title: say('updates:goBack.done'), more: '' };
    case 'place':
      return {
        title: say(outcome.usual ? 'care:place.doneUsual' : 'care:place.done'),
        more: say('care:place.doneMore'),
      };
  }
}

/** Shows the result in the reloaded page. */
export function reportEnd(state: Exclude<RestoreState, { state: 'running' }>): void {
  if (state.state === 'done') {
    notice({ id: 'restore', ...doneText(state.outcome), needsAttention: true });
    return;
  }
  const what = workText(state.what);
  const { refused } = state;
  if (refused.code === 'CANCELLED') notice({ id: 'restore', title: say('notices:cancelled', { what }) });
  else
    notice({
      id: 'restore',
      tone: 'bad',
      title: say('notices:failed', { what }),
      more: refusalText(refused),
    });
}
