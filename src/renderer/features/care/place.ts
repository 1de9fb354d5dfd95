import { shell } from '../../api/shell.ts';
import { api } from '../../api/client.ts';
import { flushSeat } from '../../stores/seat.ts';
import { reportError } from '../../ui/notices.tsx';

/** Asks for a new backup folder, or resets it; the window then reloads. */
export async function placeBackups(usual: boolean): Promise<void> {
  try {
    // The last input belongs to the page that closes.
    await flushSeat();
    const { actor } = await api.workspace.info({});
    await shell.workspace.placeBackups({ usual, actor: actor.id });
  } catch (error) {
    reportError(error);
  }
}
