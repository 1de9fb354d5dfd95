import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconArrowsDiff, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MomentsView as Address } from '#shared/address/view.ts';
import type { SideAction } from '#shared/contract/compare.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { useView } from '../../../stores/address.ts';
import { useStatus } from '../../../stores/shown.ts';
import { shortMoment } from '../../../text/formats.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { noChoices } from '../../play/compare/choices.ts';
import { DifferenceTable } from '../../play/compare/DifferenceTable.tsx';
import { Pickers } from './Pickers.tsx';
import { useDifferences } from './useDifferences.ts';
import '../../play/compare/compare.css';
import '../past.css';

/** Nothing in the list takes the focus: it does itself, so that keys scroll it. */
const scrolled = { tabIndex: 0 };
const actions: readonly SideAction[] = ['created', 'updated', 'deleted', 'restored'];
const nothing = (): void => {};

interface Chips {
  counts: Partial<Record<SideAction, number>>;
  shown: SideAction | null;
  onShown: (shown: SideAction | null) => void;
}

/** How many records differ, by what came of them; each leads to them. */
function ActionChips({ counts, shown, onShown }: Chips) {
  const { t } = useTranslation(['past', 'compare']);
  const chip = (action: SideAction | null, text: string) => (
    <button
      key={action ?? ''}
      type="button"
      className="compare-chip"
      aria-pressed={shown === action}
      onClick={() => onShown(action)}
    >
      {text}
    </button>
  );
  return (
    <fieldset className="compare-chips" aria-label={t('compare:narrow')}>
      {chip(null, t('compare.all', { count: sumOf(counts) }))}
      {actions
        .filter((action) => (counts[action] ?? 0) > 0 || shown === action)
        .map((action) => chip(action, t(`compare.chip.${action}`, { count: counts[action] ?? 0 })))}
    </fieldset>
  );
}

/** What is different between two moments. */
export default function MomentsView() {
  const view = useView() as Address;
  return <Compared key={`${view.from} ${view.to}`} view={view} />;
}

function Compared({ view }: { view: Address }) {
  const { t } = useTranslation(['past', 'compare']);
  const [shown, setShown] = useState<SideAction | null>(null);
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 150);
  const asked = { from: view.from, to: view.to, actions: shown ? [shown] : [], text };
  const { found, rows, error, isPending, progress, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } =
    useDifferences(asked);
  useStatus(found ? t('compare:shown', { count: found.matched }) : '');
  const when = (side: 'from' | 'to'): string =>
    view[side] === 'now'
      ? t('compare.now')
      : found
        ? t('bar.asOf', { when: shortMoment(Date.parse(found[side].created_at)) })
        : '';
  return (
    <>
      <ViewHeader title={t('compare.title')} />
      <div className="compare-narrow">
        <Pickers view={view} from={found?.from} to={found?.to} />
        <TextInput
          className="compare-search"
          size="xs"
          type="search"
          aria-label={t('compare:search')}
          placeholder={t('compare:search')}
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {found && (
        <div className="compare-narrow">
          <ActionChips counts={found.counts} shown={shown} onShown={setShown} />
        </div>
      )}
      {error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <div className="compare-coming">
          <ProgressLine progress={progress} label={t('compare:comparing')} />
        </div>
      ) : rows.length === 0 ? (
        <EmptyState
          icon={IconArrowsDiff}
          text={text === '' ? t('compare.none') : t('compare.nothing', { text })}
        />
      ) : (
        <section className="compare-scroll" aria-label={t('compare:list')} {...scrolled}>
          <div className="past-table">
            <DifferenceTable
              rows={rows}
              choices={noChoices}
              onChange={nothing}
              onPickAll={nothing}
              choosing={false}
              columns={{ base: when('from'), play: when('to') }}
            />
          </div>
          {hasNextPage && (
            <Button
              className="compare-more"
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('compare:more', { count: (found?.matched ?? 0) - rows.length })}
            </Button>
          )}
        </section>
      )}
    </>
  );
}
