import { Button } from '@mantine/core';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { notice, report } from '../../ui/notices.tsx';
import { sandboxesChanged } from './useSandboxes.ts';

/** Deletes sandboxes in the trash once confirmed. */
export async function emptyTrash(only: string[]): Promise<void> {
  const count = only.length;
  const yes = await askDialog({ title: say('play:emptyTrash.title') }, false, (answer) => (
    <>
      <p>{say('play:emptyTrash.text', { count })}</p>
      <div className="dialog-buttons">
        <Button data-autofocus variant="default" onClick={() => answer(false)}>
          {say('common:cancel')}
        </Button>
        <Button color="red" onClick={() => answer(true)}>
          {say('play:emptyTrash.yes')}
        </Button>
      </div>
    </>
  ));
  if (!yes) return;
  try {
    const { removed, left } = await api.sandboxes.emptyTrash({ only });
    notice({
      id: 'sandbox',
      title: say('play:done.emptied', { count: removed }),
      ...(left > 0 ? { more: say('play:done.left', { count: left }) } : {}),
    });
  } catch (error) {
    report(error);
  } finally {
    await sandboxesChanged();
  }
}
