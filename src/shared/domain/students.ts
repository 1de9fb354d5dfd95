import type { Lifecycle } from './vocabulary.ts';

/** A student's status by the terms left: >= 4 incoming, 2 or 3 established, <= 1 outgoing; null if it is not a number. */
export function studentStatus(termsRemaining: unknown): Lifecycle | null {
  if (typeof termsRemaining !== 'number') return null;
  if (termsRemaining >= 4) return 'incoming';
  return termsRemaining >= 2 ? 'established' : 'outgoing';
}
