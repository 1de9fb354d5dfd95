import { recordIn } from '#shared/address/view.ts';
import type { MomentsView } from '#shared/address/view.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { inPast, openSandbox } from '../../../stores/target.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { reportError } from '../../../ui/notices.tsx';
import { isOn } from '../../play/compare/opens.ts';
import type { Opens } from '../../play/compare/opens.ts';
import { turnTo, turnToMoment } from '../../workspace/turn.ts';
import { moveTo } from '../useTravel.ts';

type View = ReturnType<typeof recordIn>;

const openNow = (view: View): void => (inPast() ? void turnTo(openSandbox(), view) : navigate(view));

/** Opens the record at a point in time, turning the window if needed. */
async function openThen(at: number, view: View): Promise<void> {
  if (!inPast()) return turnToMoment(at, view);
  try {
    await moveTo(at);
    navigate(view);
  } catch (error) {
    reportError(error);
  }
}

/** Points in time at which a record exists, the compared one first; those in a version or a sandbox cannot be opened here. */
const sidesOf = (row: Difference): readonly ('from' | 'to')[] =>
  !isOn('play', row) ? ['from'] : isOn('live', row) ? ['to', 'from'] : ['to'];

/** Opens records at the compared point in time, or at the other one if they were gone. */
export function opensAt(request: MomentsView, found: Pick<Comparison, 'from' | 'to'>): Opens {
  return (row) => {
    const { type, id } = row;
    if (!isEntityType(type)) return null;
    const view = recordIn(type, id);
    const side = sidesOf(row).find((one) => found[one].point);
    const point = side && found[side].point;
    if (!point) return null;
    if (request[side] === 'now') return { where: say('past:compare.openNow'), open: () => openNow(view) };
    const { id: at, created_at } = point;
    return {
      where: say('past:compare.openThen', { when: momentToSecond(created_at) }),
      open: () => void openThen(at, view),
    };
  };
}
