import { mayKeepGolden } from '#shared/domain/permissions.ts';
import { useMe, useReadOnly } from '../../../stores/profile.ts';
import { whyNotLive } from '../../../stores/target.ts';
import { permissionText } from '../../../text/faults.ts';

/** Why the user may not publish or reset golden versions now; null if allowed. */
export function useWhyNotGolden(): string | null {
  const me = useMe();
  const closed = useReadOnly();
  const elsewhere = whyNotLive() ?? closed;
  if (elsewhere !== null) return elsewhere;
  const verdict = me && mayKeepGolden(me);
  return verdict?.allowed === false ? permissionText(verdict.rule) : null;
}
