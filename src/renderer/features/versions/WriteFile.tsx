import { Button } from '@mantine/core';
import type { Backup } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';
import { useNewPassphrase } from '../../ui/passphrase.tsx';
import styles from './backups.module.css';

/** Asks whether one backup shall be written as a file that needs a passphrase, and where; then writes it. */
export function writeFile(backup: Backup): void {
  openDialog({ title: say('backups:file.title') }, (close) => <WriteFile backup={backup} onDone={close} />);
}

async function write({ id, made }: Backup, passphrase: string | undefined): Promise<void> {
  const suggested = say('backups:suggested', { day: localDay(new Date(made ?? Date.now())) });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  await inNotice({
    id: 'backup-file',
    title: say('backups:file.writing', { name }),
    start: (signal) => api.backups.exportFile({ id, grant, passphrase }, { signal }),
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
  const { take, fields } = useNewPassphrase({ autofocus: true });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const passphrase = take();
        if (passphrase === null) return;
        onDone();
        void write(backup, passphrase).catch((error: unknown) => report(error));
      }}
    >
      <p>{t('file.what')}</p>
      {fields}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit">{t('transfer:export.choose')}</Button>
      </div>
    </form>
  );
}
