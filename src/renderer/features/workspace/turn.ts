import { printAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import { printTarget } from '#shared/domain/target.ts';
import { shell } from '../../api/shell.ts';
import { currentAddress } from '../../stores/address.ts';
import { flushSeat } from '../../stores/seat.ts';
import { openSandbox } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';
import { bringFocus, dropFocus } from './turned.ts';

/** A target: a sandbox or live, optionally at a point in time. */
interface Turn {
  sandbox: string | null;
  at?: number;
  link?: string | undefined;
}

async function turn({ link, ...to }: Turn): Promise<void> {
  try {
    bringFocus(link);
    // The last input belongs to the old target.
    await flushSeat();
    await shell.workspace.turn({ ...to, ...(link === undefined ? {} : { link }) });
  } catch (error) {
    dropFocus();
    reportError(error);
  }
}

/** Opens a sandbox, or live with null, which reloads the window, at `view` or the last address. Reports errors. */
export async function turnTo(sandbox: string | null, view?: View): Promise<void> {
  await openLinkTarget(sandbox, view && printAddress({ target: sandbox ?? 'live', view }));
}

/** As `turnTo` for a link. */
export async function openLinkTarget(sandbox: string | null, link: string | undefined): Promise<void> {
  await turn({ sandbox, link });
}

/** The target of a past page: of a sandbox, or of live with null. */
const pastOf = (sandbox: string | null): string => printTarget({ sandbox, past: true, at: null });

/** Opens the state after a transaction, read-only, at the current view by default. Reloads the window. Reports errors. */
export async function turnToMoment(at: number, view: View = currentAddress().view): Promise<void> {
  const sandbox = openSandbox();
  await followToMoment(sandbox, at, printAddress({ target: pastOf(sandbox), view }));
}

/** As `turnToMoment` for a point in time of a sandbox (live with null) and a link there. */
export async function followToMoment(sandbox: string | null, at: number, link: string): Promise<void> {
  await turn({ sandbox, at, link });
}

/** Returns from a point in time to the current state, as it was left. */
export async function turnToNow(): Promise<void> {
  await turn({ sandbox: openSandbox() });
}
