import { printAddress } from '#shared/address/address.ts';
import type { View } from '#shared/address/view.ts';
import { printTarget } from '#shared/domain/target.ts';
import { shell } from '../../api/shell.ts';
import { here } from '../../stores/address.ts';
import { flush } from '../../stores/seat.ts';
import { openSandbox } from '../../stores/target.ts';
import { report } from '../../ui/notices.tsx';
import { bringFocus, dropFocus } from './turned.ts';

/** Where one turns to: a sandbox by its id, or live, and the moment at which it is looked at, where it is one. */
interface Turn {
  sandbox: string | null;
  at?: number;
  /** What is shown there, as an address. */
  link?: string | undefined;
}

async function turn({ link, ...to }: Turn): Promise<void> {
  try {
    bringFocus(link);
    // What was typed last belongs to what is left.
    await flush();
    await shell.workspace.turn({ ...to, ...(link === undefined ? {} : { link }) });
  } catch (error) {
    dropFocus();
    report(error);
  }
}

/**
 * Opens a sandbox in this window, or live with null; the window begins anew then, at `view` or where one was last. What goes wrong is told.
 */
export async function turnTo(sandbox: string | null, view?: View): Promise<void> {
  await follow(sandbox, view && printAddress({ target: sandbox ?? 'live', view }));
}

/** As `turnTo`, to where a link leads. */
export async function follow(sandbox: string | null, link: string | undefined): Promise<void> {
  await turn({ sandbox, link });
}

/** What a page is of that looks at a sandbox, or with null at live, as it was. */
const pastOf = (sandbox: string | null): string => printTarget({ sandbox, past: true, at: null });

/**
 * Shows everything as it was after a transaction: of what is open here, at the view that is in front. The window begins anew, and is only
 * read. What goes wrong is told.
 */
export async function turnToMoment(at: number, view: View = here().view): Promise<void> {
  const sandbox = openSandbox();
  await followToMoment(sandbox, at, printAddress({ target: pastOf(sandbox), view }));
}

/** As `turnToMoment`, to a moment of a sandbox (live with null), and there to where a link of that moment leads. */
export async function followToMoment(sandbox: string | null, at: number, link: string): Promise<void> {
  await turn({ sandbox, at, link });
}

/** Goes from a moment back to what it is of, as it is now and as it was left. */
export async function turnToNow(): Promise<void> {
  await turn({ sandbox: openSandbox() });
}
