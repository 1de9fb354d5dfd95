import { shell } from '../../api/shell.ts';
import { api } from '../../api/client.ts';
import { flush } from '../../stores/seat.ts';
import { report } from '../../ui/notices.tsx';

/** Lets the person choose where backups lie from now on, or brings them back to the usual place; the window begins anew then. */
export async function placeBackups(usual: boolean): Promise<void> {
  try {
    // What was typed last belongs to the page that goes.
    await flush();
    const { actor } = await api.workspace.info({});
    await shell.workspace.placeBackups({ usual, actor: actor.id });
  } catch (error) {
    report(error);
  }
}
