import { recordIn } from '#shared/address/view.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { openTarget } from '../../../stores/target.ts';
import { turnTo } from '../../workspace/turn.ts';

/** The way to a record that is compared: where it is opened, in words, and opening it. */
export interface Opening {
  where: string;
  open: () => void;
}

/** The way to each record; null for what is no record by itself. */
export type Opens = (row: Difference) => Opening | null;

/** Whether a record that differs is there on a side. */
export function isOn(side: 'live' | 'play', row: Pick<Difference, 'live' | 'play'>): boolean {
  const [own, other] = side === 'play' ? [row.play, row.live] : [row.live, row.play];
  if (own !== null) return own !== 'deleted';
  // What only the other made, or brought back, was not there before.
  return other !== 'created' && other !== 'restored';
}

/** The way to a record of a sandbox, of live with null; the window turns there if need be. */
function openIn(sandbox: string | null, type: string, id: string, where: string): Opening | null {
  if (!isEntityType(type)) return null;
  const view = recordIn(type, id);
  return {
    where,
    open: () => (openTarget() === (sandbox ?? 'live') ? go(view) : void turnTo(sandbox, view)),
  };
}

export const openInLive = (type: string, id: string): Opening | null =>
  openIn(null, type, id, say('compare:open.live'));

/** Records open in the sandbox, and in live where the sandbox does not have them. */
export function opensIn(sandbox: string, name: string): Opens {
  return (row) =>
    isOn('play', row)
      ? openIn(sandbox, row.type, row.id, say('compare:open.play', { name }))
      : openInLive(row.type, row.id);
}
