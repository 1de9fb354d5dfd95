import type { Address } from '#shared/address/view.ts';

/** What a place goes by while it is adjusted. It is forgotten with the place. */
const identities = new WeakMap<Address, object>();

/** The same object for a place and for all that took its place there; one that is gone to anew has another. */
export function identityOf(place: Address): object {
  const found = identities.get(place) ?? {};
  identities.set(place, found);
  return found;
}

/** A place that takes another's place by being adjusted is the same one. */
export function copyIdentity(from: Address, to: Address): void {
  identities.set(to, identityOf(from));
}
