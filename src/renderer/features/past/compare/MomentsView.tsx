import '../../play/compare/compare.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MomentsView as Address } from '#shared/address/view.ts';
import type { SideAction } from '#shared/contract/compare.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { copyNamed } from '#shared/domain/moments.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { useView } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { useStatus } from '../../../stores/shown.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { noChoices } from '../../play/compare/choices.ts';
import { ComparedList, WhenCompared } from '../../play/compare/ComparedList.tsx';
import { CompareSearch } from '../../play/compare/CompareSearch.tsx';
import { DifferenceTable } from '../../play/compare/DifferenceTable.tsx';
import { shownOf } from '../../play/compare/summary.ts';
import { useNarrowing } from '../../play/compare/useNarrowing.ts';
import { useMuch, useSearch } from '../../play/compare/useSearch.ts';
import { useMet } from '../../versions/golden/check.ts';
import { useWhyNotGolden } from '../../versions/golden/may.ts';
import { resetToGolden } from '../../versions/golden/reset.tsx';
import { opensAt } from './opens.ts';
import { Pickers } from './Pickers.tsx';
import { headingOf } from './sides.ts';
import { readAll, useDifferences } from './useDifferences.ts';
import { numberText } from '../../../text/values.ts';
import styles from '../past.module.css';

const actions: readonly SideAction[] = ['created', 'updated', 'deleted', 'restored'];
const nothing = (): void => {};

interface Chips {
  counts: Partial<Record<SideAction, number>>;
  shown: SideAction | null;
  onShown: (shown: SideAction | null) => void;
}

/** The number of differing records by kind; each is a filter. */
function ActionChips({ counts, shown, onShown }: Chips) {
  const { t } = useTexts('past');
  const chip = (action: SideAction | null, text: string) => (
    <button
      key={action ?? ''}
      type="button"
      className="dim px-12 pointer compare-chip"
      aria-pressed={shown === action}
      onClick={() => onShown(action)}
    >
      {text}
    </button>
  );
  return (
    <fieldset className="flex wrap gap-8 compare-chips" aria-label={t('compare:narrow')}>
      {chip(null, t('compare.all', { count: sumOf(counts) }))}
      {actions
        .filter((action) => (counts[action] ?? 0) > 0 || shown === action)
        .map((action) =>
          chip(
            action,
            t('common:brackets', {
              a: t(`common:plan.deed.${action === 'deleted' ? 'removed' : action}`),
              b: numberText(counts[action] ?? 0),
            }),
          ),
        )}
    </fieldset>
  );
}

function Reset({ view: { from, to } }: { view: Address }) {
  const { t } = useTexts('golden');
  const why = useWhyNotGolden();
  const named = to === 'now' ? copyNamed(from) : null;
  if (named?.copy !== 'golden') return null;
  return (
    <Button
      variant="default"
      disabled={why !== null}
      title={why ?? undefined}
      onClick={() => resetToGolden(Number(named.id))}
    >
      {t('resetHere')}
    </Button>
  );
}

export default function MomentsView() {
  const view = useView() as Address;
  const { t } = useTexts('past');
  const { shown = null } = view;
  const { typed, text, scroller, narrow } = useNarrowing(view);
  const [byName, setByName] = useState(false);
  const query = {
    from: view.from,
    to: view.to,
    actions: shown ? [shown] : [],
    text: byName ? text : '',
  };
  const pages = useDifferences(query);
  const { first: found } = pages;
  useMuch(found?.counts, setByName);
  const searched = useSearch({
    text: byName ? '' : text,
    key: keys.pastCompared(query),
    at: found && [found.from.id, found.to.id],
    read: (tell, signal) => readAll(query, tell, signal),
  });
  const listed = searched ?? { ...pages, matched: found?.matched ?? 0 };
  const { rows, isPending } = listed;
  const { progress } = found ? listed : pages;
  const failed = pages.error ? pages : listed;
  const { error } = failed;
  useStatus(found && !error && !isPending ? shownOf(listed.matched, sumOf(found.counts)) : '');
  useMet(failed.error);
  const heading = (side: 'from' | 'to'): string =>
    view[side] === 'now' ? t('whatif:now') : found ? headingOf(found[side]) : '';
  return (
    <>
      <ViewHeader title={t('compare.title')} actions={found && !error && <Reset view={view} />} />
      <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
        <Pickers
          view={view}
          from={found?.from}
          to={found?.to}
          onPick={(part) => narrow({ ...part, shown: undefined })}
        />
        <CompareSearch {...{ byName }} value={typed} onChange={(search) => narrow({ search })} />
      </div>
      {found && (
        <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
          <ActionChips
            counts={found.counts}
            shown={shown}
            onShown={(next) => narrow({ shown: next ?? undefined })}
          />
        </div>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void failed.refetch()} />
      ) : (
        <WhenCompared
          {...{ isPending, progress, rows }}
          comparing={t('compare:comparing')}
          none={
            text === '' ? t('compare.none') : t(byName ? 'compare:nothing' : 'compare:nothingSaid', { text })
          }
        >
          <ComparedList
            label={t('sync:list.differences')}
            takesFocus
            scroller={scroller}
            left={listed.matched - rows.length}
            pages={listed}
          >
            <div className={styles.table}>
              <DifferenceTable
                rows={rows}
                known={searched?.titles}
                choices={noChoices}
                onChange={nothing}
                onPick={nothing}
                onPickAll={nothing}
                choosing={false}
                opens={found ? opensAt(view, found) : () => null}
                columns={{ base: heading('from'), play: heading('to') }}
              />
            </div>
          </ComparedList>
        </WhenCompared>
      )}
    </>
  );
}
