import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { momentToSecond } from '../../text/formats.ts';
import { nameRefusal } from '../../text/refusal.ts';
import { notice, report } from '../../ui/notices.tsx';
import { askForName } from '../../ui/RenameForm.tsx';
import { momentsChanged } from './useMoments.ts';
import type { Checkpoint } from './useMoments.ts';

/** What notices of checkpoints go by: the newest takes the place of the one before. */
const noticeId = 'checkpoint';

/** Asks for a name of a moment: the one that is looked at, or with null the newest one. */
export async function nameMoment(open: Pick<Moment, 'id' | 'created_at'> | null): Promise<void> {
  try {
    // What is done while the name is typed comes after the moment that was meant.
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
        // It changes no record: none of its own kind of undo is offered.
        return { op_id: null };
      },
      done: (name) => say('past:checkpoint.named', { name }),
    });
  } catch (error) {
    report(error);
  }
}

/** Why a checkpoint cannot be called so, as a sentence; null for what went wrong besides. */
const whyNotCalledSo = (error: unknown): string | null =>
  nameRefusal(error, { taken: say('common:nameTaken'), name: say('past:checkpoint.reads') });

/** Asks for another name of a checkpoint. */
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

/** Takes the name of a moment away, and says so with the way back. Whether it was. */
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
              run: () => void again().catch((error: unknown) => report(error)),
            },
          }),
    });
    return true;
  } catch (error) {
    report(error);
    return false;
  } finally {
    await momentsChanged();
  }
}
