import { recordIn } from '#shared/address/view.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { openTarget } from '../../../stores/target.ts';
import { turnTo } from '../../workspace/turn.ts';

/** How a compared record is opened, with its label. */
export interface Opening {
  where: string;
  open: () => void;
}

/** Null if it is no record of its own. */
export type Opens = (row: Difference) => Opening | null;

export function isOn(side: 'live' | 'play', row: Pick<Difference, 'live' | 'play'>): boolean {
  const [own, other] = side === 'play' ? [row.play, row.live] : [row.live, row.play];
  if (own !== null) return own !== 'deleted';
  // Created or restored by the other side only.
  return other !== 'created' && other !== 'restored';
}

/** Opens a record of a sandbox, or of live with null, turning the window if needed. */
function openIn(sandbox: string | null, type: string, id: string, where: string): Opening | null {
  if (!isEntityType(type)) return null;
  const view = recordIn(type, id);
  return {
    where,
    open: () => (openTarget() === (sandbox ?? 'live') ? navigate(view) : void turnTo(sandbox, view)),
  };
}

export const openInLive = (type: string, id: string): Opening | null =>
  openIn(null, type, id, say('compare:open.live'));

/** Opens records in the sandbox, or in live if the sandbox lacks them. */
export function opensIn(sandbox: string, name: string): Opens {
  return (row) =>
    isOn('play', row)
      ? openIn(sandbox, row.type, row.id, say('compare:open.play', { name }))
      : openInLive(row.type, row.id);
}
