import { listWithRecord } from '#shared/address/view.ts';
import type { MomentsView } from '#shared/address/view.ts';
import type { Difference } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { inPast, pageSandbox } from '../../../stores/target.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { reportErrors } from '../../../ui/notices.tsx';
import { existsOn } from '../../play/compare/openings.ts';
import type { FindOpening } from '../../play/compare/openings.ts';
import { switchTo, switchToPoint } from '../../workspace/switch-target.ts';
import { moveTo } from '../useTravel.ts';

type View = ReturnType<typeof listWithRecord>;

const openNow = (view: View): void => (inPast() ? void switchTo(pageSandbox(), view) : navigate(view));

/** Opens the record at a point in time; outside the past, the window switches to that point first. */
async function openAtPoint(pointId: number, view: View): Promise<void> {
  if (!inPast()) return switchToPoint(pointId, view);
  await reportErrors(async () => {
    await moveTo(pointId);
    navigate(view);
  });
}

/** The sides on which a record exists, in the order in which they are tried. */
const sidesOf = (row: Difference): readonly ('from' | 'to')[] =>
  !existsOn('play', row) ? ['from'] : existsOn('live', row) ? ['to', 'from'] : ['to'];

/** How records are opened: at the later compared point in time (`to`), or at the other side if they cannot be opened there. */
export function openingsAt(request: MomentsView, comparison: Pick<Comparison, 'from' | 'to'>): FindOpening {
  return (row) => {
    const { type, id } = row;
    if (!isEntityType(type)) return null;
    const view = listWithRecord(type, id);
    const side = sidesOf(row).find((candidate) => comparison[candidate].point);
    const point = side && comparison[side].point;
    if (!point) return null;
    if (request[side] === 'now') return { label: say('past:compare.openNow'), open: () => openNow(view) };
    const { id: pointId, created_at } = point;
    return {
      label: say('past:compare.openThen', { when: dateTimeToSecond(created_at) }),
      open: () => void openAtPoint(pointId, view),
    };
  };
}
