import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { nameRefusal } from '../../text/refusal.ts';
import { notice, reportError, reporting } from '../../ui/notices.tsx';
import { askForName } from '../../ui/RenameForm.tsx';
import { refreshMoments } from './useMoments.ts';
import type { Checkpoint } from './useMoments.ts';

/** Notices of checkpoints replace each other. */
const noticeId = 'checkpoint';

/** Asks for the name of a new checkpoint at a point in time; null stands for the newest one. */
export const askForCheckpoint = reporting(async (point: Pick<Moment, 'id' | 'created_at'> | null) => {
  // The point is fixed before the dialog opens, so that changes made while typing are not part of it.
  const { id: pointId, created_at } = point ?? (await api.moments.resolve({ at: 'now' }));
  askForName({
    title: say('past:checkpoint.form'),
    currentName: '',
    hint: say('past:checkpoint.hint', { when: dateTimeToSecond(created_at) }),
    button: say('past:checkpoint.form'),
    explain: nameProblem,
    rename: async (name) => {
      await api.checkpoints.create({ name, at: pointId });
      notice({ id: noticeId, title: say('past:checkpoint.named', { name }) });
      await refreshMoments();
      // A checkpoint changes no record, so no undo of records is offered.
      return { op_id: null };
    },
    doneText: (name) => say('past:checkpoint.named', { name }),
  });
});

/** Why a checkpoint's name is refused; null for other errors. */
const nameProblem = (error: unknown): string | null =>
  nameRefusal(error, { taken: say('common:nameTaken'), name: say('past:checkpoint.reads') });

export function renameCheckpoint({ id, name: currentName }: Checkpoint): void {
  askForName({
    title: say('past:checkpoint.renameTitle'),
    currentName,
    hint: say('past:checkpoint.renameHint'),
    button: say('common:rename'),
    explain: nameProblem,
    rename: async (name) => {
      await api.checkpoints.rename({ id, name });
      notice({ id: noticeId, title: say('past:checkpoint.renamed', { name }) });
      await refreshMoments();
      return { op_id: null };
    },
    doneText: (name) => say('past:checkpoint.renamed', { name }),
  });
}

export async function removeCheckpoint({ id, name, at, lost }: Checkpoint): Promise<boolean> {
  const recreate = async (): Promise<void> => {
    await api.checkpoints.create({ name, at });
    await refreshMoments();
  };
  try {
    await api.checkpoints.remove({ id });
    notice({
      id: noticeId,
      title: say('past:checkpoint.removed', { name }),
      ...(lost
        ? {}
        : {
            more: say('past:checkpoint.removedMore'),
            action: {
              label: say('common:undo'),
              run: () => void recreate().catch((error: unknown) => reportError(error)),
            },
          }),
    });
    return true;
  } catch (error) {
    reportError(error);
    return false;
  } finally {
    await refreshMoments();
  }
}
