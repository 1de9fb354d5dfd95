import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { flush } from '../../stores/seat.ts';
import { notice, report } from '../../ui/notices.tsx';

/**
 * Lets the person choose another workspace. When it is open the window begins anew, with `file`, the ticket of a chosen one, looked at
 * there; a folder that will not do is told of.
 */
export async function chooseWorkspace(which: 'new' | 'existing' | 'sample', file?: string): Promise<void> {
  try {
    // What was kept last belongs to the workspace that is left.
    await flush();
    const choice = await shell.workspace.choose({ which, ...(file === undefined ? {} : { file }) });
    const here = queries.getQueryData<{ name: string }>(keys.info)?.name;
    if (which === 'sample' && choice.outcome === 'opened' && choice.name === here)
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
  } catch (error) {
    report(error);
  }
}
