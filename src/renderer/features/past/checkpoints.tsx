import { ActionIcon, Button } from '@mantine/core';
import { IconFlag, IconPencil, IconTrash } from '@tabler/icons-react';
import { checkpointVerdict } from '#shared/domain/permissions.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useOpenPoint } from '../../stores/open-point.ts';
import { useActor, writeRefusal } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { authorName } from '../../text/author-name.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { reportError, notice } from '../../ui/notices.tsx';
import { switchToPoint } from '../workspace/switch-target.ts';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { Checkpoint } from './useMoments.ts';
import { moveTo } from './useTravel.ts';
import styles from './past.module.css';
import type { Moment } from '#shared/contract/moments.ts';
import { api } from '../../api/client.ts';
import { nameRefusal } from '../../text/refusal.ts';
import { askForName } from '../../ui/RenameForm.tsx';
import { refreshMoments } from './useMoments.ts';

/** Goes to a checkpoint: from the present by switching the window, at a point in time by moving it. */
export async function goToCheckpoint({ at }: Pick<Checkpoint, 'at'>): Promise<void> {
  if (!inPast()) return switchToPoint(at);
  try {
    await moveTo(at);
  } catch (error) {
    reportError(error);
  }
}

/** The dialog of checkpoints, which also names the open point in time. */
export function showCheckpoints(): void {
  // The row that was renamed has the focus when this dialog reopens after the rename dialog.
  let renamedId: string | null = null;
  openDialog({ title: say('past:bar.checkpoints'), size: 460 }, (close) => (
    <Checkpoints
      wasRenamed={(id) => id === renamedId}
      onRename={(id) => {
        renamedId = id;
      }}
      onDone={close}
    />
  ));
}

/** Removes a checkpoint and moves the focus to the next row, the previous row, or the button below the list. */
async function removeAndMoveFocus(button: HTMLElement, checkpoint: Checkpoint): Promise<void> {
  const row = button.closest('li');
  const list = row?.closest('.past-list');
  const neighbour = row?.nextElementSibling ?? row?.previousElementSibling;
  if (!(await removeCheckpoint(checkpoint))) return;
  const { activeElement } = document;
  // Only if the user has not moved the focus.
  const shouldMoveFocus = activeElement === button || activeElement?.matches('body, .dialog-content');
  if (!shouldMoveFocus) return;
  const nextButton = neighbour?.querySelector<HTMLElement>('[data-remove]:not(:disabled)');
  (nextButton ?? list?.querySelector<HTMLElement>('[data-name]'))?.focus({ preventScroll: true });
}

interface ListProps {
  wasRenamed: (id: string) => boolean;
  onRename: (id: string) => void;
  onDone: () => void;
}

function CheckpointRow({ checkpoint, wasRenamed, onRename, onDone }: ListProps & { checkpoint: Checkpoint }) {
  const { t } = useTexts('past');
  const actor = useActor();
  const { name, created_at, by, lost } = checkpoint;
  const verdict = actor && checkpointVerdict(actor, by.id);
  const disabledProps = { disabled: verdict?.allowed !== true };
  const refusal = denialText(verdict) ?? undefined;
  return (
    <li className="row gap-4 line-below">
      <button
        type="button"
        className={`grow row gap-8 text-start px-8 py-4 rounded high-42 ${styles.go}`}
        disabled={lost}
        aria-label={t('checkpoint.go', { name })}
        onClick={() => {
          onDone();
          void goToCheckpoint(checkpoint);
        }}
      >
        <IconFlag aria-hidden size={15} stroke={1.6} />
        <span className="stack shrink tiny">
          <span className="normal medium cut">{name}</span>
          <span className="dim cut">
            {lost
              ? t('checkpoint.lost')
              : t('checkpoint.by', {
                  when: dateTimeToSecond(created_at),
                  who: authorName(by, actor?.id),
                })}
          </span>
        </span>
      </button>
      <ActionIcon
        {...disabledProps}
        {...(wasRenamed(checkpoint.id) ? { 'data-autofocus': true } : {})}
        aria-label={t('checkpoint.rename', { name })}
        title={refusal ?? t('checkpoint.rename', { name })}
        onClick={() => {
          onRename(checkpoint.id);
          renameCheckpoint(checkpoint);
        }}
      >
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        {...disabledProps}
        data-remove
        aria-label={t('checkpoint.remove', { name })}
        title={refusal ?? t('checkpoint.remove', { name })}
        onClick={({ currentTarget }) => void removeAndMoveFocus(currentTarget, checkpoint)}
      >
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

function Checkpoints(props: ListProps) {
  const { onDone } = props;
  const { t } = useTexts('past');
  const { data = [] } = useCheckpoints();
  const moment = useOpenPoint().data?.moment ?? null;
  const refusal = writeRefusal(useActor());
  return (
    <div className="stack start gap-12 past-list">
      {data.length === 0 ? (
        <p className="dim">{t('checkpoint.none')}</p>
      ) : (
        <ul>
          {data.map((checkpoint) => (
            <CheckpointRow key={checkpoint.id} checkpoint={checkpoint} {...props} />
          ))}
        </ul>
      )}
      <Button
        data-autofocus
        data-name
        leftSection={<IconFlag size={15} stroke={1.6} />}
        disabled={refusal !== null}
        title={refusal ?? undefined}
        onClick={() => {
          onDone();
          void askForCheckpoint(moment);
        }}
      >
        {t('checkpoint.name')}
      </Button>
    </div>
  );
}

/** Notices of checkpoints replace each other. */
const noticeId = 'checkpoint';

/** Asks for the name of a new checkpoint at a point in time; null stands for the newest one. */
export async function askForCheckpoint(point: Pick<Moment, 'id' | 'created_at'> | null): Promise<void> {
  try {
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
  } catch (error) {
    reportError(error);
  }
}

/** Why a checkpoint's name is refused; null for other errors. */
const nameProblem = (error: unknown): string | null =>
  nameRefusal(error, { taken: say('common:nameTaken'), name: say('past:checkpoint.reads') });

function renameCheckpoint({ id, name: currentName }: Checkpoint): void {
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

async function removeCheckpoint({ id, name, at, lost }: Checkpoint): Promise<boolean> {
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
