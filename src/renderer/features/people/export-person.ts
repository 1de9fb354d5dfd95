import type { Person } from '#shared/contract/people.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { bytesText } from '../../text/bytes.ts';
import { inNotice } from '../../ui/in-notice.tsx';
import { report } from '../../ui/notices.tsx';

/** Asks for a file and writes everything that is held about a person to it. The suggested name has the id, not the name of the person. */
export async function exportPerson({ id }: Person): Promise<void> {
  const suggested = say('people:suggested', { id });
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant } = target;
  await inNotice({
    id: 'person-export',
    title: say('people:exporting'),
    start: (signal) => api.people.exportFile({ person: id, grant }, { signal }),
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
