import '../../play/compare/compare.css';
import { Button } from '@mantine/core';
import type { MomentsView as View } from '#shared/address/view.ts';
import type { SideAction } from '#shared/contract/compare.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { parseSide } from '#shared/domain/points-in-time.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useView } from '../../../stores/address.ts';
import { numberText } from '../../../text/values.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { CompareChips } from '../../play/compare/CompareChips.tsx';
import { ComparedList, WhenCompared } from '../../play/compare/ComparedList.tsx';
import { CompareSearch } from '../../play/compare/CompareSearch.tsx';
import { useCompared } from '../../play/compare/useCompared.ts';
import { useGoldenFailure } from '../../versions/golden/check.ts';
import { useGoldenRefusal } from '../../versions/golden/refusal.ts';
import { resetToGolden } from '../../versions/golden/reset.tsx';
import { openingsAt } from './openings.ts';
import { Pickers } from './Pickers.tsx';
import { headingOf } from './sides.ts';

const actions: readonly SideAction[] = ['created', 'updated', 'deleted', 'restored'];
function ResetButton({ view: { from, to } }: { view: View }) {
  const { t } = useTexts('golden');
  const refusal = useGoldenRefusal();
  const side = parseSide(from);
  if (to !== 'now' || side.kind !== 'golden') return null;
  return (
    <Button
      variant="default"
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
  const { comparison, error, narrow, byName } = compared;
  useGoldenFailure(error);
  const headingText = (side: 'from' | 'to'): string =>
    view[side] === 'now' ? t('whatif:now') : comparison ? headingOf(comparison[side]) : '';
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
        <CompareSearch {...{ byName }} value={compared.typed} onChange={(search) => narrow({ search })} />
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
            opens={comparison ? openingsAt(view, comparison) : () => null}
            columns={{ base: headingText('from'), play: headingText('to') }}
          />
        </WhenCompared>
      )}
    </>
  );
}
