import type { Address } from '#shared/address/view.ts';

/** The identity of an address across adjustments. */
const identities = new WeakMap<Address, object>();

/** The same object for an address and its adjusted versions; a new visit has another one. */
export function identityOf(address: Address): object {
  const identity = identities.get(address) ?? {};
  identities.set(address, identity);
  return identity;
}

/** Keeps the identity when an adjusted address replaces another. */
export function copyIdentity(from: Address, to: Address): void {
  identities.set(to, identityOf(from));
}
