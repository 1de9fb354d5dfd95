import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { flushSeat } from '../../stores/seat.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';

/**
 * Asks for another workspace and opens it, which reloads the window; `file` is the grant of a file to import there. Reports an unsuitable
 * folder.
 */
export async function chooseWorkspace(which: 'new' | 'existing' | 'sample', file?: string): Promise<void> {
  await reportErrors(async () => {
    // Unsaved input belongs to the old workspace, so it is saved first.
    await flushSeat();
    const choice = await shell.workspace.choose({ which, ...(file === undefined ? {} : { file }) });
    const currentName = queryClient.getQueryData<{ name: string }>(queryKeys.info)?.name;
    if (which === 'sample' && choice.outcome === 'opened' && choice.name === currentName)
      notice({
        id: 'workspace',
        title: say('transfer:workspace.already'),
        more: say('transfer:workspace.alreadyMore'),
      });
    if (choice.outcome !== 'refused' || choice.reason === 'gone') return;
    notice({
      id: 'workspace',
      title: say(`transfer:workspace.${choice.reason}`, { name: choice.name }),
      more: say(`transfer:workspace.${choice.reason}More`),
    });
  });
}
