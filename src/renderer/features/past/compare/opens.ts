import { recordIn } from '#shared/address/view.ts';
import type { MomentsView } from '#shared/address/view.ts';
import type { Moment } from '#shared/contract/moments.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { inPast, openSandbox } from '../../../stores/target.ts';
import { momentToSecond } from '../../../text/formats.ts';
import { report } from '../../../ui/notices.tsx';
import { isOn } from '../../play/compare/opens.ts';
import type { Opens } from '../../play/compare/opens.ts';
import { turnTo, turnToMoment } from '../../workspace/turn.ts';
import { moveTo } from '../useTravel.ts';

type View = ReturnType<typeof recordIn>;

const openNow = (view: View): void => (inPast() ? void turnTo(openSandbox(), view) : go(view));

/** Shows it at a moment: a window of the past goes there, another one turns to it. */
async function openThen(at: number, view: View): Promise<void> {
  if (!inPast()) return turnToMoment(at, view);
  try {
    await moveTo(at);
    go(view);
  } catch (error) {
    report(error);
  }
}

/** Records open as they were at the moment that is compared with, and at the other one where they were gone by then. */
export function opensAt(asked: MomentsView, found: { from: Moment; to: Moment }): Opens {
  return (row) => {
    const { type, id } = row;
    if (!isEntityType(type)) return null;
    const view = recordIn(type, id);
    const side = isOn('play', row) ? 'to' : 'from';
    if (asked[side] === 'now') return { where: say('past:compare.openNow'), open: () => openNow(view) };
    const { id: at, created_at } = found[side];
    return {
      where: say('past:compare.openThen', { when: momentToSecond(created_at) }),
      open: () => void openThen(at, view),
    };
  };
}
