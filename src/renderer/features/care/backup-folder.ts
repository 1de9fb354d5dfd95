import { shell } from '../../api/shell.ts';
import { api } from '../../api/client.ts';
import { flushSeat } from '../../stores/seat.ts';
import { reportErrors } from '../../ui/notices.tsx';

/** Asks for a new backup folder, or with `isDefault` resets it to the workspace's own; the window then reloads. */
export async function changeBackupFolder({ isDefault = false } = {}): Promise<void> {
  await reportErrors(async () => {
    // The window reloads, so its last input is saved first.
    await flushSeat();
    const { actor } = await api.workspace.info({});
    await shell.workspace.placeBackups({ usual: isDefault, actor: actor.id });
  });
}
