import { listWithRecord } from '#shared/address/view.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { pageTarget } from '../../../stores/target.ts';
import { switchTo } from '../../workspace/switch-target.ts';

/** How a compared record is opened, with its label. */
export interface Opening {
  label: string;
  open: () => void;
}

/** Finds how a row is opened; null if it is not a record that can be opened. */
export type FindOpening = (row: Difference) => Opening | null;

export function existsOn(side: 'live' | 'play', row: Pick<Difference, 'live' | 'play'>): boolean {
  const [action, otherAction] = side === 'play' ? [row.play, row.live] : [row.live, row.play];
  if (action !== null) return action !== 'deleted';
  // A record that only the other side created or restored does not exist on this side.
  return otherAction !== 'created' && otherAction !== 'restored';
}

/** How to open a record of a sandbox, or of live if `sandbox` is null. Switches the window to that target if needed. */
function openingIn(sandbox: string | null, type: string, id: string, label: string): Opening | null {
  if (!isEntityType(type)) return null;
  const view = listWithRecord(type, id);
  return {
    label,
    open: () => (pageTarget() === (sandbox ?? 'live') ? navigate(view) : void switchTo(sandbox, view)),
  };
}

/** How records are opened: in the sandbox, or in live if the sandbox does not have them. */
export function openingsIn(sandbox: string, name: string): FindOpening {
  return (row) =>
    existsOn('play', row)
      ? openingIn(sandbox, row.type, row.id, say('compare:open.play', { name }))
      : openingIn(null, row.type, row.id, say('compare:open.live'));
}
