import { printAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import { printTarget } from '#shared/domain/target.ts';
import { shell } from '../../api/shell.ts';
import { currentAddress } from '../../stores/address.ts';
import { flushSeat } from '../../stores/seat.ts';
import { pageSandbox } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';
import { requestFocus, cancelFocusRequest } from './opened-page.ts';

interface TargetRequest {
  /** Null for live. */
  sandbox: string | null;
  /** The transaction after which the point in time is; absent for now. */
  at?: number;
  /** The link to show there; absent for the last address. */
  link?: string | undefined;
}

async function switchTarget({ link, ...target }: TargetRequest): Promise<void> {
  try {
    requestFocus(link);
    // Unsaved input belongs to the old target, so it is saved first.
    await flushSeat();
    await shell.workspace.turn({ ...target, ...(link === undefined ? {} : { link }) });
  } catch (error) {
    cancelFocusRequest();
    reportError(error);
  }
}

/** Opens a sandbox, or live with null, which reloads the window, at `view` or the last address. Reports errors. */
export async function switchTo(sandbox: string | null, view?: View): Promise<void> {
  await openLinkTarget(sandbox, view && printAddress({ target: sandbox ?? 'live', view }));
}

/** Like `switchTo`, for a link. */
export async function openLinkTarget(sandbox: string | null, link: string | undefined): Promise<void> {
  await switchTarget({ sandbox, link });
}

/** The target of a past page: of a sandbox, or of live with null. */
const pastTarget = (sandbox: string | null): string => printTarget({ sandbox, isPast: true, at: null });

/** Opens the state after the transaction `pointId`, read-only, at the current view by default. Reloads the window. Reports errors. */
export async function switchToPoint(pointId: number, view: View = currentAddress().view): Promise<void> {
  const sandbox = pageSandbox();
  await openLinkAtPoint(sandbox, pointId, printAddress({ target: pastTarget(sandbox), view }));
}

/** Like `switchToPoint`, for a point in time of a sandbox (live with null) and a link there. */
export async function openLinkAtPoint(sandbox: string | null, pointId: number, link: string): Promise<void> {
  await switchTarget({ sandbox, at: pointId, link });
}

/** Returns from a point in time to the current state, at the last address there. */
export async function switchToNow(): Promise<void> {
  await switchTarget({ sandbox: pageSandbox() });
}
