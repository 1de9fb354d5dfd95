import type { Backup } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { countedAll } from '../../text/names.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { backupsChanged } from '../../stores/backups.ts';

/** What a backup holds, counted: "64 teams, 248 students and 173 links". */
export function holds({ counts }: Pick<Backup, 'counts'>): string {
  const what = countedAll(counts);
  return what === '' ? say('backups:nothing') : what;
}

/** Backs up live as it is now, in view of the person. */
export async function backUpNow(): Promise<void> {
  await inNotice({
    id: 'backup',
    title: say('backups:making'),
    start: (signal) => api.backups.create({}, { signal }),
    done: (made) => ({
      title: say('backups:made'),
      more: say('backups:madeMore', { what: holds(made), added: bytesText(made.added) }),
    }),
    cancelled: { title: say('backups:makeCancelled'), more: say('backups:makeCancelledMore') },
    failed: say('backups:makeFailed'),
  });
  await backupsChanged();
}

/** Reads all of a backup, as restoring would, and says whether it is whole. */
export async function check({ id }: Backup): Promise<void> {
  await inNotice({
    id: 'backup-check',
    title: say('backups:checking'),
    start: (signal) => api.backups.verify({ id }, { signal }),
    done: ({ ok, problems }) =>
      ok
        ? { title: say('backups:good'), more: say('backups:goodMore') }
        : { title: say('backups:bad'), more: problems.join(' '), tone: 'bad' },
    cancelled: { title: say('backups:checkCancelled') },
    failed: say('backups:checkFailed'),
  });
  await backupsChanged();
}
