import { backUp } from './backup.ts';
import { resetHere } from './reset.ts';
import { take } from './sandboxes.ts';
import type { TestWorkspace } from './workspace.ts';

/**
 * A sandbox of a backup of before live was reset, which has nothing in common with live then but who may act: it has the team t1, Radio, and Vera is an
 * admin in it, who in live is a viewer by now and called Vera B. The workspace, which is to have the program's resources, is open anew.
 */
export async function beforeReset(workspace: TestWorkspace) {
  const ada = workspace.as();
  await ada.entities.create({ type: 'team', id: 't1', data: { name: 'Radio' } });
  const { id: vera } = await ada.workspace.createProfile({ name: 'Vera', role: 'admin' });
  const { id: backup } = await backUp(workspace);
  await ada.workspace.changeProfile({ profile: vera, name: 'Vera B.', role: 'viewer' });
  await workspace.core.close();
  await resetHere(workspace.folder);
  await workspace.reopen();
  const { id } = await take(workspace.as('Ada'), 'Before', `backup:${backup}`);
  return { id, profile: { type: 'profile' as const, id: vera } };
}
