import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { historyOf } from '#shared/address/view.ts';
import type { HistoryView as View } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { adjustHistory, useView } from '../../stores/address.ts';
import { useStatus } from '../../stores/view-status.ts';
import { useTransaction } from '../../stores/transaction.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { onEscape } from '../../ui/escape.ts';
import { ViewHeader } from '../../ui/ViewHeader.tsx';
import { ViewTitle } from '../views/ViewTitle.tsx';
import { TransactionDetail } from './detail/TransactionDetail.tsx';
import { HistoryFilters } from './HistoryFilters.tsx';
import { isFiltered, noFilters, queryOf, useFirstPage } from './query.ts';
import { TransactionList } from './TransactionList.tsx';
import styles from './history.module.css';
import './detail/diff.module.css';

function useSummary(total: number | null, hasFilters: boolean): void {
  const { t } = useTexts('history');
  const summary = total === null ? '' : t(hasFilters ? 'matched' : 'total', { count: total });
  useStatus(summary);
}

/** Esc closes the details, wherever the focus is, unless a dialog handles the key. */
function useCloseOnEscape(openId: string): void {
  useEffect(() => {
    if (openId === '') return undefined;
    return onEscape(() => adjustHistory({ open: '' }));
  }, [openId]);
}

function NoTransactions({ hasFilters }: { hasFilters: boolean }) {
  const { t } = useTexts('history');
  return (
    <EmptyState icon={IconHistory} text={t(hasFilters ? 'noMatch' : 'empty')}>
      {hasFilters && <Button onClick={() => adjustHistory(noFilters)}>{t('common:clearFilters')}</Button>}
    </EmptyState>
  );
}

/** The history: every change with who, what, when, and the records before and after. */
export default function HistoryView() {
  const { t } = useTexts('history');
  const currentView = useView();
  const view: View = currentView.kind === 'history' ? currentView : historyOf();
  const query = useMemo(() => queryOf(view), [view]);
  const firstPage = useFirstPage(query);
  const total = firstPage.data?.total ?? null;
  const { data: transaction } = useTransaction(view.open);
  const hasFilters = isFiltered(query);
  const openTransaction = view.open !== '' && transaction ? transaction : null;
  useSummary(total, hasFilters);
  useCloseOnEscape(view.open);
  return (
    <>
      <ViewHeader title={<ViewTitle name={t('panel:tab.history')} />}>
        <HistoryFilters view={view} />
      </ViewHeader>
      <div className={`history${openTransaction ? ' history-open' : ''}`}>
        <section className={`column shrink shrink-y ${styles.list}`}>
          {firstPage.error && !firstPage.data ? (
            <ErrorState error={firstPage.error} onRetry={() => void firstPage.refetch()} />
          ) : (
            <TransactionList
              query={query}
              total={total ?? 0}
              openId={view.open}
              isNarrow={openTransaction !== null}
            />
          )}
          {total === 0 && <NoTransactions hasFilters={hasFilters} />}
        </section>
        {openTransaction && <TransactionDetail transaction={openTransaction} />}
      </div>
    </>
  );
}
