import { printAddress } from '#shared/address/address.ts';
import type { Address } from '#shared/address/view.ts';
import { extraWindowPrefix } from '#shared/shell/window-hash.ts';
import { shell } from '../api/shell.ts';

/**
 * The address at which another window opened this one; null in the first window. Only the first window's tabs are restored at the next
 * start.
 */
export function startAddress(): string | null {
  const { hash } = location;
  return hash.startsWith(extraWindowPrefix) ? decodeURIComponent(hash.slice(extraWindowPrefix.length)) : null;
}

export async function openWindow(address: Address): Promise<void> {
  await shell.openWindow({ place: printAddress(address) });
}
