import { ActionIcon, Button } from '@mantine/core';
import { IconFlag, IconPencil, IconTrash } from '@tabler/icons-react';
import { maySettleCheckpoint } from '#shared/domain/permissions.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useOpenMoment } from '../../stores/moments.ts';
import { useActor, whyNothing } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
import { permissionText } from '../../text/faults.ts';
import { momentToSecond } from '../../text/formats.ts';
import { whoIs } from '../../text/who.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { reportError } from '../../ui/notices.tsx';
import { turnToMoment } from '../workspace/turn.ts';
import { nameMoment, removeCheckpoint, renameCheckpoint } from './name-moment.ts';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { Checkpoint } from './useMoments.ts';
import { moveTo } from './useTravel.ts';
import styles from './past.module.css';

/** Goes to a checkpoint: turns the window from the present, or moves it in the past. */
export async function goToCheckpoint({ at }: Pick<Checkpoint, 'at'>): Promise<void> {
  if (!inPast()) return turnToMoment(at);
  try {
    await moveTo(at);
  } catch (error) {
    reportError(error);
  }
}

/** The dialog of checkpoints: go to, rename, remove, and name the current one. */
export function showCheckpoints(): void {
  // Reopens after the rename dialog closes.
  let renamed: string | null = null;
  openDialog({ title: say('past:bar.checkpoints'), size: 460 }, (close) => (
    <Checkpoints
      wasRenamed={(id) => id === renamed}
      onRename={(id) => {
        renamed = id;
      }}
      onDone={close}
    />
  ));
}

/** Removes one and moves the focus to the next, the previous, or below the list. */
async function removeAt(button: HTMLElement, checkpoint: Checkpoint): Promise<void> {
  const row = button.closest('li');
  const list = row?.closest('.past-list');
  const near = row?.nextElementSibling ?? row?.previousElementSibling;
  if (!(await removeCheckpoint(checkpoint))) return;
  const { activeElement } = document;
  // Keeps a focus that has moved elsewhere.
  const left = activeElement === button || activeElement?.matches('body, .dialog-content');
  if (!left) return;
  const next = near?.querySelector<HTMLElement>('[data-remove]:not(:disabled)');
  (next ?? list?.querySelector<HTMLElement>('[data-name]'))?.focus({ preventScroll: true });
}

interface Listed {
  wasRenamed: (id: string) => boolean;
  onRename: (id: string) => void;
  onDone: () => void;
}

function Row({ checkpoint, wasRenamed, onRename, onDone }: Listed & { checkpoint: Checkpoint }) {
  const { t } = useTexts('past');
  const actor = useActor();
  const { name, created_at, by, lost } = checkpoint;
  const verdict = actor && maySettleCheckpoint(actor, by.id);
  const refused = { disabled: verdict?.allowed !== true };
  const why = verdict?.allowed === false ? permissionText(verdict.rule) : undefined;
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
                  when: momentToSecond(created_at),
                  who: whoIs(by, actor?.id),
                })}
          </span>
        </span>
      </button>
      <ActionIcon
        {...refused}
        {...(wasRenamed(checkpoint.id) ? { 'data-autofocus': true } : {})}
        aria-label={t('checkpoint.rename', { name })}
        title={why ?? t('checkpoint.rename', { name })}
        onClick={() => {
          onRename(checkpoint.id);
          renameCheckpoint(checkpoint);
        }}
      >
        <IconPencil size={16} stroke={1.6} />
      </ActionIcon>
      <ActionIcon
        {...refused}
        data-remove
        aria-label={t('checkpoint.remove', { name })}
        title={why ?? t('checkpoint.remove', { name })}
        onClick={({ currentTarget }) => void removeAt(currentTarget, checkpoint)}
      >
        <IconTrash size={16} stroke={1.6} />
      </ActionIcon>
    </li>
  );
}

function Checkpoints(listed: Listed) {
  const { onDone } = listed;
  const { t } = useTexts('past');
  const { data = [] } = useCheckpoints();
  const moment = useOpenMoment().data?.moment ?? null;
  const why = whyNothing(useActor());
  return (
    <div className="stack start gap-12 past-list">
      {data.length === 0 ? (
        <p className="dim">{t('checkpoint.none')}</p>
      ) : (
        <ul>
          {data.map((one) => (
            <Row key={one.id} checkpoint={one} {...listed} />
          ))}
        </ul>
      )}
      <Button
        data-autofocus
        data-name
        variant="default"
        leftSection={<IconFlag size={15} stroke={1.6} />}
        disabled={why !== null}
        title={why ?? undefined}
        onClick={() => {
          onDone();
          void nameMoment(moment);
        }}
      >
        {t('checkpoint.name')}
      </Button>
    </div>
  );
}
