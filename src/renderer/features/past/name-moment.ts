import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { momentToSecond } from '../../text/formats.ts';
import { nameRefusal } from '../../text/refusal.ts';
import { notice, reportError } from '../../ui/notices.tsx';
import { askForName } from '../../ui/RenameForm.tsx';
import { momentsChanged } from './useMoments.ts';
import type { Checkpoint } from './useMoments.ts';

/** Notices of checkpoints replace each other. */
const noticeId = 'checkpoint';

/** Asks for a checkpoint's name; null names the newest point in time. */
export async function nameMoment(open: Pick<Moment, 'id' | 'created_at'> | null): Promise<void> {
  try {
    // Fixed now: changes while typing come after it.
    const { id: at, created_at } = open ?? (await api.moments.resolve({ at: 'now' }));
    askForName({
      title: say('past:checkpoint.form'),
      now: '',
      hint: say('past:checkpoint.hint', { when: momentToSecond(created_at) }),
      button: say('past:checkpoint.form'),
      explain: whyNotCalledSo,
      rename: async (name) => {
        await api.checkpoints.create({ name, at });
        notice({ id: noticeId, title: say('past:checkpoint.named', { name }) });
        await momentsChanged();
        // Changes no record, so no undo of records is offered.
        return { op_id: null };
      },
      done: (name) => say('past:checkpoint.named', { name }),
    });
  } catch (error) {
    reportError(error);
  }
}

/** Why a checkpoint's name is refused; null for other errors. */
const whyNotCalledSo = (error: unknown): string | null =>
  nameRefusal(error, { taken: say('common:nameTaken'), name: say('past:checkpoint.reads') });

export function renameCheckpoint({ id, name: now }: Checkpoint): void {
  askForName({
    title: say('past:checkpoint.renameTitle'),
    now,
    hint: say('past:checkpoint.renameHint'),
    button: say('common:rename'),
    explain: whyNotCalledSo,
    rename: async (name) => {
      await api.checkpoints.rename({ id, name });
      notice({ id: noticeId, title: say('past:checkpoint.renamed', { name }) });
      await momentsChanged();
      return { op_id: null };
    },
    done: (name) => say('past:checkpoint.renamed', { name }),
  });
}

export async function removeCheckpoint({ id, name, at, lost }: Checkpoint): Promise<boolean> {
  const again = async (): Promise<void> => {
    await api.checkpoints.create({ name, at });
    await momentsChanged();
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
              run: () => void again().catch((error: unknown) => reportError(error)),
            },
          }),
    });
    return true;
  } catch (error) {
    reportError(error);
    return false;
  } finally {
    await momentsChanged();
  }
}
