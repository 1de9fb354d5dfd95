import { mayChange } from '#shared/domain/permissions.ts';
import { say } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import type { Known } from './saved.ts';

/** Why the person may not save a view, or not change this one; null when allowed. Core decides, this only says so beforehand. */
export function useRefusal(saved: Known | null): string | null {
  const me = useMe();
  if (!me || saved?.mine) return null;
  if (me.past) return permissionText('moment_read_only');
  if (me.closed) return permissionText('damaged_read_only');
  if (me.role === 'viewer') return say('views:viewersRead');
  if (!saved) return null;
  const verdict = mayChange(me, { type: 'view', universities: [], owner: saved.owner.id });
  return verdict.allowed ? null : say('views:notYours', { owner: saved.owner.name });
}
