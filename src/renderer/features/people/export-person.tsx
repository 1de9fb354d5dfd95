import type { Person } from '#shared/contract/people.ts';
import { encryptedEnding } from '#shared/domain/formats.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';
import { PassphraseForm } from '../../ui/passphrase.tsx';

/** Asks for a passphrase and a file, and exports all data about a person. */
export function askToExportPerson(person: Person): void {
  openDialog({ title: say('people:exportTitle') }, (close) => (
    <PassphraseForm
      what={say('people:exportWhat')}
      onCancel={close}
      onChosen={(passphrase) => {
        close();
        void exportPerson(person, passphrase).catch(report);
      }}
    />
  ));
}

/** The suggested file name contains the id instead of the person's name. */
async function exportPerson({ id }: Person, passphrase: string | undefined): Promise<void> {
  const plain = say('people:suggested', { id });
  const suggested = passphrase === undefined ? plain : `${plain}${encryptedEnding}`;
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant } = target;
  await inNotice({
    id: 'person-export',
    title: say('people:exporting'),
    start: (signal) => api.people.exportFile({ person: id, grant, passphrase }, { signal }),
    done: ({ file, bytes }) => ({
      title: say('people:exported', { file }),
      more: bytesText(bytes),
      action: {
        label: say('common:showInFolder'),
        run: () => void shell.revealFile({ grant }).catch(report),
      },
    }),
  });
}
