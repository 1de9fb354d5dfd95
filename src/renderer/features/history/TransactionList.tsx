import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { adjustHistory } from '../../stores/address.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { useMe } from '../../stores/profile.ts';
import type { HistoryQuery } from './query.ts';
import { TransactionRow } from './TransactionRow.tsx';
import { useTransactions } from './useTransactions.ts';
import type { Transactions } from './useTransactions.ts';

const rowHeight = 36;
const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

interface Props {
  query: HistoryQuery;
  open: string;
  onTotal: (total: number | null) => void;
}

function indexOf(transactions: Transactions, opId: string, from: number, to: number): number {
  for (let row = from; row <= to; row++) if (transactions.at(row)?.op_id === opId) return row;
  return -1;
}

/** Everything that was done, as one list: arrow keys walk through it, and what is chosen opens beside it. */
export function TransactionList({ query, open, onTotal }: Props) {
  const { t } = useTranslation('history');
  const box = useRef<HTMLDivElement>(null);
  const me = useMe()?.id ?? '';
  const [total, setTotal] = useState(0);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const [first = 0, last = 30] = [virtual.range?.startIndex, virtual.range?.endIndex];
  const transactions = useTransactions(query, first, last);
  useEffect(() => {
    setTotal(transactions.total ?? 0);
    onTotal(transactions.total);
  }, [onTotal, transactions.total]);

  const current = indexOf(transactions, open, Math.max(0, first - 20), last + 20);
  const show = (row: number): void => {
    const wanted = transactions.at(Math.max(0, Math.min(total - 1, row)));
    if (!wanted) return;
    adjustHistory({ open: wanted.op_id });
    virtual.scrollToIndex(Math.max(0, Math.min(total - 1, row)));
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
      <div className="history-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const transaction = transactions.at(index);
          const chosen = transaction !== undefined && transaction.op_id === open;
          return (
            <div
              key={index}
              id={transaction && `history-${transaction.op_id}`}
              role="option"
              tabIndex={-1}
              aria-selected={chosen}
              aria-setsize={total}
              aria-posinset={index + 1}
              className="history-row"
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              onClick={() => show(index)}
              onKeyDown={() => undefined}
            >
              {transaction ? <TransactionRow transaction={transaction} me={me} /> : <span className="history-coming" />}
            </div>
          );
        })}
      </div>
    </div>
  );
}
