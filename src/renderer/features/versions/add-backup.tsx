import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { passphraseLengths } from '#shared/contract/backups.ts';
import type { AddedBackup, Backup } from '#shared/contract/backups.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { flushSeat } from '../../stores/seat.ts';
import { faultData } from '../../text/faults.ts';
import { countedAll } from '../../text/names.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { runWithNotice } from '../../ui/long-work.tsx';
import { backupContents } from './actions.ts';
import { refreshBackups } from '../../stores/backups.ts';
import { FormButtons } from '../../ui/FormButtons.tsx';

/** Adds a backup file that the user chooses. */
export async function chooseBackupFile(): Promise<void> {
  const file = await shell.chooseFile({ purpose: 'import' });
  if (file) await addBackupFile(file);
}

/** Asks what to do with a dropped or opened backup, and does it. */
export async function offerBackup(file: FileHandle): Promise<void> {
  const { name } = file;
  const choice = await askDialog<'add' | 'open' | null>(
    { title: say('backups:take.offer', { name }) },
    null,
    (answer) => <OfferForm answer={answer} />,
  );
  const addedBackup = choice === null ? null : await addBackupFile(file);
  if (addedBackup && choice === 'open') await openAsWorkspace(addedBackup);
}

function OfferForm({ answer }: { answer: (choice: 'add' | 'open' | null) => void }) {
  const { t } = useTexts('backups');
  return (
    <div className="stack gap-16 dialog-form">
      <p>{t('take.either')}</p>
      <div className="dialog-buttons">
        <Button onClick={() => answer(null)}>{t('common:cancel')}</Button>
        <Button onClick={() => answer('open')}>{t('workspace.command')}</Button>
        <Button variant="filled" data-autofocus onClick={() => answer('add')}>
          {t('take.yes')}
        </Button>
      </div>
    </div>
  );
}

export async function openAsWorkspace({ id }: Pick<Backup, 'id'>): Promise<void> {
  const folder = await shell.workspace.chooseFolder({});
  if (!folder) return;
  const { grant, name } = folder;
  const workspace = await runWithNotice({
    id: 'backup-workspace',
    title: say('backups:workspace.running', { name }),
    start: (signal) => api.backups.makeWorkspace({ id, grant }, { signal }),
    resultNotice: ({ counts }) => ({
      title: say('backups:workspace.done', { name }),
      more: countedAll(counts),
    }),
  });
  if (!workspace) return;
  // Unsaved input belongs to the previous workspace, so it is saved first.
  await flushSeat();
  await shell.workspace.openMade({ grant });
}

/** Adds a backup file, asking for the passphrase of an encrypted file. Returns null if it was not added. */
async function addBackupFile(file: FileHandle): Promise<AddedBackup | null> {
  let addedBackup: AddedBackup | null = null;
  for (let passphrase: string | undefined; ;) {
    try {
      addedBackup = await readBackupFile(file, passphrase);
      break;
    } catch (error) {
      const newPassphrase = await askPassphrase(file.name, passphraseProblem(error) === 'wrong_passphrase');
      if (newPassphrase === null) break;
      passphrase = newPassphrase;
    }
  }
  await refreshBackups();
  return addedBackup;
}

/** Adds a backup file with progress. Throws if a passphrase is needed, so that the progress ends before the user is asked. */
async function readBackupFile(
  { grant, name }: FileHandle,
  passphrase: string | undefined,
): Promise<AddedBackup | null> {
  const request = { grant, ...(passphrase === undefined ? {} : { passphrase }) };
  return runWithNotice({
    id: 'backup-taken',
    title: say('transfer:reading', { name }),
    start: (signal) => api.backups.importFile(request, { signal }),
    resultNotice: (backup) => ({
      title: say(backup.already ? 'backups:take.already' : 'backups:take.done'),
      more: `${backupContents(backup)}. ${say(backup.already ? 'backups:take.alreadyMore' : 'backups:take.doneMore')}`,
    }),
    handlesError: (error) => passphraseProblem(error) !== null,
  });
}

/** Why a passphrase is needed, or null. */
function passphraseProblem(error: unknown): 'passphrase_needed' | 'wrong_passphrase' | null {
  const reason = faultData(error, 'BAD_FILE')?.reason;
  return reason === 'passphrase_needed' || reason === 'wrong_passphrase' ? reason : null;
}

function askPassphrase(name: string, isWrong: boolean): Promise<string | null> {
  return askDialog<string | null>({ title: say('backups:take.title') }, null, (answer) => (
    <PassphraseQuestion name={name} isWrong={isWrong} answer={answer} />
  ));
}

interface Props {
  name: string;
  isWrong: boolean;
  answer: (passphrase: string | null) => void;
}

function PassphraseQuestion({ name, isWrong, answer }: Props) {
  const { t } = useTexts('backups');
  const [text, setText] = useState('');
  return (
    <form
      className="stack gap-16 dialog-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== '') answer(text);
      }}
    >
      <p>{t('take.what', { name })}</p>
      <PasswordInput
        data-autofocus
        label={t('take.passphrase')}
        value={text}
        maxLength={passphraseLengths.max}
        error={isWrong && text === '' ? t('take.wrong') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <FormButtons
        saveLabel={t('take.yes')}

        blocked={text === ''}
        onCancel={() => answer(null)}
      />
    </form>
  );
}
