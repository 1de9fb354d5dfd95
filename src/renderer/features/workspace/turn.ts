import { printAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { flush } from '../../stores/seat.ts';
import { report } from '../../ui/notices.tsx';

/** Where one turns to: a sandbox by its id, or live, and there a view. */
function addressIn(sandbox: string | null, view: View | undefined): string | undefined {
  return view && printAddress({ target: sandbox ?? 'live', view });
}

/**
 * Opens a sandbox in this window, or live with null; the window begins anew then, at `view` or where one was last. What goes wrong is told.
 */
export async function turnTo(sandbox: string | null, view?: View): Promise<void> {
  const link = addressIn(sandbox, view);
  await follow(sandbox, link);
}

/** As `turnTo`, to where a link leads. */
export async function follow(sandbox: string | null, link: string | undefined): Promise<void> {
  try {
    // What was typed last belongs to what is left.
    await flush();
    await shell.workspace.turn({ sandbox, ...(link === undefined ? {} : { link }) });
  } catch (error) {
    report(error, say(sandbox === null ? 'play:failed.leave' : 'play:failed.open'));
  }
}
