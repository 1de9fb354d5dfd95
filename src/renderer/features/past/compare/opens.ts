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
import { existsOn } from '../../play/compare/opens.ts';
import type { FindOpening } from '../../play/compare/opens.ts';
import { switchTo, switchToPoint } from '../../workspace/switch-target.ts';
import { moveTo } from '../useTravel.ts';

type View = ReturnType<typeof recordIn>;

const openNow = (view: View): void => (inPast() ? void switchTo(openSandbox(), view) : navigate(view));

/** Opens the record at a point in time, turning the window if needed. */
async function openAtPoint(at: number, view: View): Promise<void> {
  if (!inPast()) return switchToPoint(at, view);
  try {
    await moveTo(at);
    navigate(view);
  } catch (error) {
    reportError(error);
  }
}

/** The sides on which a record exists, in the order in which they are tried. */
const sidesOf = (row: Difference): readonly ('from' | 'to')[] =>
  !existsOn('play', row) ? ['from'] : existsOn('live', row) ? ['to', 'from'] : ['to'];

/** How records are opened: at the compared point in time, or at the other one if they do not exist there. */
export function openingsAt(request: MomentsView, comparison: Pick<Comparison, 'from' | 'to'>): FindOpening {
  return (row) => {
    const { type, id } = row;
    if (!isEntityType(type)) return null;
    const view = recordIn(type, id);
    const side = sidesOf(row).find((candidate) => comparison[candidate].point);
    const point = side && comparison[side].point;
    if (!point) return null;
    if (request[side] === 'now') return { where: say('past:compare.openNow'), open: () => openNow(view) };
    const { id: at, created_at } = point;
    return {
      where: say('past:compare.openThen', { when: momentToSecond(created_at) }),
      open: () => void openAtPoint(at, view),
    };
  };
}
