import '../../play/compare/compare.css';
import { Button } from '@mantine/core';
import type { MomentsView as View } from '#shared/address/view.ts';
import type { SideAction, Difference } from '#shared/contract/compare.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { parseSide } from '#shared/domain/points-in-time.ts';
import { useTexts, say } from '../../../i18n/setup.ts';
import { useView, navigate } from '../../../stores/address.ts';
import { numberText } from '../../../text/values.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { CompareChips, CompareSearch } from '../../play/compare/CompareChips.tsx';
import { ComparedList, WhenCompared } from '../../play/compare/ComparedList.tsx';
import { useCompared } from '../../play/compare/useCompared.ts';
import { useStoreGoldenFailure, useGoldenRefusal } from '../../versions/golden/check.ts';
import { resetToGolden } from '../../versions/golden/reset.tsx';
import { Pickers, headingOf } from './Pickers.tsx';
import { listWithRecord } from '#shared/address/view.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { inPast, pageSandbox } from '../../../stores/target.ts';
import { dateTimeToSecond } from '../../../text/formats.ts';
import { reportError } from '../../../ui/notices.tsx';
import { existsOn } from '../../play/compare/openings.ts';
import type { FindOpening } from '../../play/compare/openings.ts';
import { switchTo, switchToPoint } from '../../workspace/switch-target.ts';
import { moveTo } from '../useTravel.ts';

const actions: readonly SideAction[] = ['created', 'updated', 'deleted', 'restored'];

function ResetButton({ view: { from, to } }: { view: View }) {
  const { t } = useTexts('golden');
  const refusal = useGoldenRefusal();
  const side = parseSide(from);
  if (to !== 'now' || side.kind !== 'golden') return null;
  return (
    <Button
      disabled={refusal !== null}
      title={refusal ?? undefined}
      onClick={() => resetToGolden(Number(side.id))}
    >
      {t('resetHere')}
    </Button>
  );
}

export default function MomentsView() {
  const view = useView() as View;
  const { t } = useTexts('past');
  const { shown = null, from, to } = view;
  const compared = useCompared(view, { from, to, actions: shown ? [shown] : [] });
  const { comparison, error, narrow, isNameSearch } = compared;
  useStoreGoldenFailure(error);
  const headingText = (side: 'from' | 'to'): string => {
    if (view[side] === 'now') return t('whatif:now');
    return comparison ? headingOf(comparison[side]) : '';
  };
  const counts: Partial<Record<SideAction, number>> = comparison?.actions ?? {};
  const chips = actions
    .filter((action) => (counts[action] ?? 0) > 0 || shown === action)
    .map((action) => {
      const name = t(`common:plan.deed.${action === 'deleted' ? 'removed' : action}`);
      return { shown: action, text: t('common:brackets', { a: name, b: numberText(counts[action] ?? 0) }) };
    });
  return (
    <>
      <ViewHeader title={t('compare.title')} actions={comparison && !error && <ResetButton view={view} />} />
      <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
        <Pickers
          {...{ view, from: comparison?.from, to: comparison?.to }}
          onPick={(change) => narrow({ ...change, shown: undefined })}
        />
        <CompareSearch
          {...{ isNameSearch }}
          value={compared.typed}
          onChange={(search) => narrow({ search })}
        />
      </div>
      {comparison && (
        <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
          <CompareChips<SideAction | null>
            label={t('compare:narrow')}
            chips={[{ shown: null, text: t('compare.all', { count: sumOf(counts) }) }, ...chips]}
            shown={shown}
            onShown={(next) => narrow({ shown: next ?? undefined })}
          />
        </div>
      )}
      {error ? (
        <ErrorState error={error} onRetry={compared.refetch} />
      ) : (
        <WhenCompared {...{ compared }} emptyText={t('compare.none')}>
          <ComparedList
            {...{ compared }}
            findOpening={comparison ? openingsAt(view, comparison) : () => null}
            columns={{ base: headingText('from'), play: headingText('to') }}
          />
        </WhenCompared>
      )}
    </>
  );
}

type RecordAddress = ReturnType<typeof listWithRecord>;

const openNow = (view: RecordAddress): void =>
  inPast() ? void switchTo(pageSandbox(), view) : navigate(view);

/** Opens the record at a point in time; outside the past, the window switches to that point first. */
async function openAtPoint(pointId: number, view: RecordAddress): Promise<void> {
  if (!inPast()) return switchToPoint(pointId, view);
  try {
    await moveTo(pointId);
    navigate(view);
  } catch (error) {
    reportError(error);
  }
}

/** The sides on which a record exists, the preferred one first. In a comparison of two versions, `to` is called play. */
function sidesOf(row: Difference): readonly ('from' | 'to')[] {
  if (!existsOn('play', row)) return ['from'];
  return existsOn('live', row) ? ['to', 'from'] : ['to'];
}

/** How records are opened: at the later compared point in time (`to`), or at the other side if they cannot be opened there. */
function openingsAt(request: View, comparison: Pick<Comparison, 'from' | 'to'>): FindOpening {
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
