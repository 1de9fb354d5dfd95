import type { Backup } from '#shared/contract/backups.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';
import { PassphraseForm } from '../../ui/passphrase.tsx';

/** Asks where to write a backup as a file and whether to encrypt it; then writes it. */
export function writeFile(backup: Backup): void {
  openDialog({ title: say('backups:file.title') }, (close) => (
    <PassphraseForm
      what={say('backups:file.what')}
      onCancel={close}
      onChosen={(passphrase) => {
        close();
        void write(backup, passphrase).catch(report);
      }}
    />
  ));
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
