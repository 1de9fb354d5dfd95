import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { adjustHistory } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import type { HistoryQuery } from './query.ts';
import { TransactionRow } from './TransactionRow.tsx';
import { useTransactions } from './useTransactions.ts';
import type { Transactions } from './useTransactions.ts';

/** Heights in pixels: a row across the whole view, one beside what is open, the line of headings. */
const height = { wide: 36, narrow: 54, head: 30 };
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

interface Props {
  query: HistoryQuery;
  /** Op id of what is open, or ''. */
  open: string;
  /** Something is open beside the list, which has less room then. */
  narrow: boolean;
  onTotal: (total: number | null) => void;
}

function indexOf(transactions: Transactions, opId: string, from: number, to: number): number {
  for (let row = from; row <= to; row++) if (transactions.at(row)?.op_id === opId) return row;
  return -1;
}

function Head() {
  const { t } = useTranslation('history');
  return (
    <div className="history-head" aria-hidden>
      <span className="history-what">{t('column.what')}</span>
      <span className="history-count">{t('column.changes')}</span>
      <span className="history-who">{t('column.who')}</span>
      <span className="history-when">{t('column.when')}</span>
    </div>
  );
}

/** Opens a row as soon as it has been read. */
function useShowing(transactions: Transactions): (row: number) => void {
  const [wanted, setWanted] = useState<number | null>(null);
  const opId = wanted === null ? undefined : transactions.at(wanted)?.op_id;
  useEffect(() => {
    if (opId === undefined) return;
    adjustHistory({ open: opId });
    setWanted(null);
  }, [opId]);
  return setWanted;
}

/** Everything that was done, as one list: arrow keys walk through it, and what is chosen opens beside it. */
export function TransactionList({ query, open, narrow, onTotal }: Props) {
  const { t } = useTranslation('history');
  const box = useRef<HTMLDivElement>(null);
  const me = useMe()?.id ?? '';
  const [total, setTotal] = useState(0);
  const rowHeight = narrow ? height.narrow : height.wide;
  const head = narrow ? 0 : height.head;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  const [first = 0, last = 30] = [virtual.range?.startIndex, virtual.range?.endIndex];
  const transactions = useTransactions(query, first, last);
  const showRow = useShowing(transactions);
  useEffect(() => {
    setTotal(transactions.total ?? 0);
    onTotal(transactions.total);
  }, [onTotal, transactions.total]);

  const asked = JSON.stringify(query);
  useEffect(() => box.current?.scrollTo({ top: 0 }), [asked]);

  const current = indexOf(transactions, open, Math.max(0, first - 20), last + 20);
  const place = useRef(current);
  place.current = current;
  useEffect(() => {
    virtual.measure();
    if (place.current >= 0) virtual.scrollToIndex(place.current);
  }, [virtual, rowHeight]);

  const show = (row: number): void => {
    const within = Math.max(0, Math.min(total - 1, row));
    virtual.scrollToIndex(within);
    showRow(within);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step !== undefined) show(current < 0 ? first : current + step);
    else if (event.key === 'Home') show(0);
    else if (event.key === 'End') show(total - 1);
    else return;
    event.preventDefault();
  };

  if (transactions.error) return <ErrorState error={transactions.error} onRetry={transactions.retry} />;
  return (
    <div
      ref={box}
      className="history-scroll"
      role="listbox"
      tabIndex={0}
      aria-label={t('list')}
      aria-activedescendant={current < 0 ? undefined : `history-${open}`}
      onKeyDown={onKey}
    >
      {total > 0 && <Head />}
      <div className="history-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const transaction = transactions.at(index);
          return (
            <div
              key={index}
              id={transaction && `history-${transaction.op_id}`}
              role="option"
              tabIndex={-1}
              aria-selected={transaction !== undefined && transaction.op_id === open}
              aria-setsize={total}
              aria-posinset={index + 1}
              className="history-row"
              style={{ height: rowHeight, transform: `translateY(${start - head}px)` }}
              onClick={() => show(index)}
              onKeyDown={() => undefined}
            >
              {transaction ? (
                <TransactionRow transaction={transaction} me={me} />
              ) : (
                <span className="history-coming" />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
