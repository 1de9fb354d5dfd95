import { goldenVerdict } from '#shared/domain/permissions.ts';
import { useMe, useReadOnlyReason } from '../../../stores/profile.ts';
import { whyNotLive } from '../../../stores/target.ts';
import { denialText } from '../../../text/faults.ts';

/** Why the user is not allowed to publish or reset golden versions now; null if allowed. */
export function useGoldenRefusal(): string | null {
  const me = useMe();
  const readOnlyReason = useReadOnlyReason();
  const stateRefusal = whyNotLive() ?? readOnlyReason;
  if (stateRefusal !== null) return stateRefusal;
  return denialText(me && goldenVerdict(me));
}
