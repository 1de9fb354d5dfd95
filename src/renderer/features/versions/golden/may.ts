import { mayKeepGolden } from '#shared/domain/permissions.ts';
import { say } from '../../../i18n/setup.ts';
import { useMe, useReadOnly } from '../../../stores/profile.ts';
import { inPastOfLive, isLive } from '../../../stores/target.ts';
import { permissionText } from '../../../text/faults.ts';

/** Why whoever acts may neither publish golden versions nor reset to one here, or nobody may now, as a sentence; null where they may. */
export function useWhyNotGolden(): string | null {
  const me = useMe();
  const closed = useReadOnly();
  if (inPastOfLive()) return say('golden:inPast');
  if (!isLive()) return say('golden:reset.inPlay');
  if (closed !== null) return closed;
  const verdict = me && mayKeepGolden(me);
  return verdict?.allowed === false ? permissionText(verdict.rule) : null;
}
