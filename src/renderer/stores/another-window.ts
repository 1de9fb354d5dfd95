import { printAddress } from '#shared/address/address.ts';
import type { Address } from '#shared/address/view.ts';
import { anotherMark } from '#shared/shell/windows.ts';
import { shell } from '../api/shell.ts';

/**
 * The address that this window was opened at from another one, null in the first window. The first one's tabs come back at the next start; those of
 * others last as long as they are open.
 */
export function openedAt(): string | null {
  const { hash } = location;
  return hash.startsWith(anotherMark) ? decodeURIComponent(hash.slice(anotherMark.length)) : null;
}

/** Opens another window at that address, on the same workspace. */
export async function openWindow(at: Address): Promise<void> {
  await shell.openWindow({ place: printAddress(at) });
}
