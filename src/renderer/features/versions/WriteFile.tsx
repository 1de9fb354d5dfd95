import { Button, PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { passphraseLengths } from '#shared/contract/backups.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';
import styles from './backups.module.css';

/** Asks whether one backup shall be written as a file that needs a passphrase, and where; then writes it. */
export function writeFile(backup: Backup): void {
  openDialog({ title: say('backups:file.title') }, (close) => <WriteFile backup={backup} onDone={close} />);
}

async function write({ id, made }: Backup, passphrase: string): Promise<void> {
  const suggested = say('backups:suggested', { day: localDay(new Date(made ?? Date.now())) });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  await inNotice({
    id: 'backup-file',
    title: say('backups:file.writing', { name }),
    start: (signal) =>
      api.backups.exportFile({ id, grant, ...(passphrase === '' ? {} : { passphrase }) }, { signal }),
    done: ({ bytes, file }) => ({
      title: say('backups:file.done', { name: file }),
      more: bytesText(bytes),
      action: {
        label: say('common:showInFolder'),
        run: () => void shell.revealFile({ grant }).catch(report),
      },
    }),
  });
}

function WriteFile({ backup, onDone }: { backup: Backup; onDone: () => void }) {
  const { t } = useTexts('backups');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [asked, setAsked] = useState(false);
  const { least, most } = passphraseLengths;
  const short = passphrase !== '' && passphrase.length < least;
  const differs = passphrase !== again;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (short || differs) return;
        onDone();
        void write(backup, passphrase).catch((error: unknown) => report(error));
      }}
    >
      <p>{t('file.what')}</p>
      <PasswordInput
        data-autofocus
        label={t('file.passphrase')}
        description={t('file.hint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="new-password"
        value={passphrase}
        maxLength={most}
        error={asked && short ? t('file.short', { count: least }) : undefined}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      {passphrase !== '' && (
        <PasswordInput
          label={t('file.again')}
          autoComplete="new-password"
          value={again}
          maxLength={most}
          error={asked && differs ? t('file.differs') : undefined}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit">{t('transfer:export.choose')}</Button>
      </div>
    </form>
  );
}
