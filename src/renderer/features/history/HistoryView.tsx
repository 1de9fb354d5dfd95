import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { historyOf } from '#shared/address/view.ts';
import type { HistoryView as View } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { adjustHistory, useView } from '../../stores/address.ts';
import { useStatus } from '../../stores/shown.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { onEscape } from '../../ui/escape.ts';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { ViewTitle } from '../views/ViewTitle.tsx';
import { TransactionDetail } from './detail/TransactionDetail.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import { isFiltered, noFilters, queryOf, useFirstPage, useTransaction } from './query.ts';
import { TransactionList } from './TransactionList.tsx';
import styles from './history.module.css';
import './detail/diff.module.css';

function useSummary(total: number | null, filtered: boolean): void {
  const { t } = useTexts('history');
  const summary = total === null ? '' : t(filtered ? 'matched' : 'total', { count: total });
  useStatus(summary);
}

/** Esc closes the details, wherever the focus is, unless a dialog handles the key. */
function useEscape(open: string): void {
  useEffect(() => {
    if (open === '') return undefined;
    return onEscape(() => adjustHistory({ open: '' }));
  }, [open]);
}

function Nothing({ filtered }: { filtered: boolean }) {
  const { t } = useTexts('history');
  return (
    <EmptyState icon={IconHistory} text={t(filtered ? 'noMatch' : 'empty')}>
      {filtered && (
        <Button variant="default" onClick={() => adjustHistory(noFilters)}>
          {t('common:clearFilters')}
        </Button>
      )}
    </EmptyState>
  );
}

/** The history: every change with who, what, when, and the records before and after. */
export default function HistoryView() {
  const { t } = useTexts('history');
  const current = useView();
  const view: View = current.kind === 'history' ? current : historyOf();
  const query = useMemo(() => queryOf(view), [view]);
  const list = useFirstPage(query);
  const total = list.data?.total ?? null;
  const { data: transaction } = useTransaction(view.open);
  const filtered = isFiltered(query);
  const shown = view.open !== '' && transaction ? transaction : null;
  useSummary(total, filtered);
  useEscape(view.open);
  return (
    <>
      <ViewHeader title={<ViewTitle name={t('panel:tab.history')} />}>
        <HistoryFilters view={view} />
      </ViewHeader>
      <div className={`history${shown ? ' history-open' : ''}`}>
        <section className={`column shrink shrink-y ${styles.list}`}>
          {list.error && !list.data ? (
            <ErrorState error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <TransactionList query={query} total={total ?? 0} open={view.open} narrow={shown !== null} />
          )}
          {total === 0 && <Nothing filtered={filtered} />}
        </section>
        {shown && <TransactionDetail transaction={shown} />}
      </div>
    </>
  );
}
