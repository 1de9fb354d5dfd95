import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TakenBackup } from '#shared/contract/backups.ts';
import { passphraseLengths } from '#shared/contract/backups.ts';
import type { Progress } from '#shared/contract/progress.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { faultData } from '../../text/faults.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { inNotice } from '../../ui/in-notice.tsx';
import { holds } from './actions.ts';
import { backupsChanged } from '../../stores/backups.ts';

/** Takes a backup that was written as one file in among those here; asks for the passphrase of one that is encrypted. */
export async function takeBack(): Promise<void> {
  const file = await shell.chooseFile({ purpose: 'import' });
  if (!file) return;
  await inNotice({
    id: 'backup-taken',
    title: say('backups:take.reading', { name: file.name }),
    start: (signal) => taken(file, signal),
    done: (backup) => ({
      title: say(backup.already ? 'backups:take.already' : 'backups:take.done'),
      more: `${holds(backup)}. ${say(backup.already ? 'backups:take.alreadyMore' : 'backups:take.doneMore')}`,
    }),
    cancelled: { title: say('backups:take.cancelled'), more: say('backups:take.cancelledMore') },
    failed: say('backups:take.failed'),
  });
  await backupsChanged();
}

type Step = Progress | { kind: 'result'; result: TakenBackup };

/** The taking in as a stream of its own: as often as a passphrase was wrong, it is asked for again. */
async function taken({ grant, name }: FileHandle, signal: AbortSignal): Promise<AsyncIterable<Step>> {
  let passphrase: string | undefined;
  return (async function* (): AsyncGenerator<Step> {
    for (;;) {
      try {
        const asked = { grant, ...(passphrase === undefined ? {} : { passphrase }) };
        yield* await api.backups.takeBack(asked, { signal });
        return;
      } catch (error) {
        const reason = faultData(error, 'BAD_FILE')?.reason;
        if (reason !== 'passphrase_needed' && reason !== 'wrong_passphrase') throw error;
        const given = await askPassphrase(name, reason === 'wrong_passphrase');
        if (given === null) throw error;
        passphrase = given;
      }
    }
  })();
}

function askPassphrase(name: string, wrong: boolean): Promise<string | null> {
  return askDialog<string | null>({ title: say('backups:take.title') }, null, (answer) => (
    <Passphrase name={name} wrong={wrong} answer={answer} />
  ));
}

interface Props {
  name: string;
  wrong: boolean;
  answer: (passphrase: string | null) => void;
}

function Passphrase({ name, wrong, answer }: Props) {
  const { t } = useTranslation(['backups', 'common']);
  const [text, setText] = useState('');
  return (
    <form
      className="backup-form"
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
        maxLength={passphraseLengths.most}
        error={wrong && text === '' ? t('take.wrong') : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={() => answer(null)}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={text === ''}>
          {t('take.yes')}
        </Button>
      </div>
    </form>
  );
}
