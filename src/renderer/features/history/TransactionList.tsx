/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select cannot have virtual rows */
import type { AuditTransaction } from '#shared/contract/history.ts';
import { useTexts } from '../../i18n/setup.ts';
import { describeTransaction, recordCount } from '../../text/audit.ts';
import { shortDateTime } from '../../text/formats.ts';
import { clockTime, exactTime } from '../../text/time.ts';
import { authorName, authorFullName } from '../../text/author-name.ts';
import { numberText } from '../../text/values.ts';
import { TransactionSign } from '../../ui/TransactionSign.tsx';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { adjustHistory } from '../../stores/address.ts';
import { useScrollRestore } from '../../stores/tabs/scroll.ts';
import { useIsPrinting } from '../../stores/printing.ts';
import { useMe } from '../../stores/profile.ts';
import { localDay } from '../../text/local-day.ts';
import { reportError } from '../../ui/notices.tsx';
import type { HistoryQuery, TransactionRows } from './query.ts';
import { useTransactions } from './query.ts';
import styles from './history.module.css';

interface Props {
  transaction: AuditTransaction;
  myId: string;
}

/** The time of day to the second; of another day also its date, to the minute. */
const timeInList = (iso: string): string =>
  localDay(new Date(iso)) === localDay(new Date()) ? clockTime(iso) : shortDateTime(Date.parse(iso));

function TransactionRow({ transaction, myId }: Props) {
  const { t } = useTexts('history');
  const { actor, created_at, label, params, undone } = transaction;
  const description = describeTransaction(label, params);
  const count = recordCount(transaction);
  return (
    <>
      <TransactionSign transaction={transaction} />
      <span className={`row shrink gap-8 medium ${styles.what}`}>
        <span className={`cut${undone ? ` struck` : ''}`} title={description}>
          {description}
        </span>
        {undone && <span className="pill pill-plain">{t('undone')}</span>}
      </span>
      <span className={`${styles.count} num`} title={t('common:count', { count })}>
        {count > 0 ? numberText(count) : ''}
      </span>
      <span className={`shrink dim ${styles.who} cut`} title={authorFullName(actor, myId)}>
        {authorName(actor, myId)}
      </span>
      <time dateTime={created_at} title={exactTime(created_at)} className="history-when num">
        {timeInList(created_at)}
      </time>
    </>
  );
}

const pixelHeights = { wide: 36, narrow: 54, head: 30 };
const keySteps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

interface TransactionListProps {
  query: HistoryQuery;
  total: number;
  openId: string;
  isNarrow: boolean;
}

function findRow(transactions: TransactionRows, opId: string, from: number, to: number): number {
  for (let row = from; row <= to; row++) if (transactions.at(row)?.op_id === opId) return row;
  return -1;
}

function ListHead() {
  const { t } = useTexts('history');
  return (
    <div className={`tiny medium dim line-below on-bg ${styles.head}`} aria-hidden>
      <span className={`row shrink gap-8 medium ${styles.what}`}>{t('column.what')}</span>
      <span className={styles.count}>{t('common:records')}</span>
      <span className={`shrink dim ${styles.who}`}>{t('insights:who.label')}</span>
      <span className="history-when">{t('administration:audit.when')}</span>
    </div>
  );
}

/** The list of transactions; arrow keys move the selection, and the selected transaction opens next to the list. */
export function TransactionList({ query, total, openId, isNarrow }: TransactionListProps) {
  const { t } = useTexts('history');
  const scrollBox = useRef<HTMLDivElement>(null);
  const idPrefix = useId();
  const myId = useMe()?.id ?? '';
  const rowHeight = isNarrow ? pixelHeights.narrow : pixelHeights.wide;
  const headHeight = isNarrow ? 0 : pixelHeights.head;
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer is not passed to memoised components
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scrollBox.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
  });
  const rows = virtualizer.getVirtualItems();
  const [firstRow, lastRow] = [virtualizer.range?.startIndex ?? 0, virtualizer.range?.endIndex ?? 30];
  const transactions = useTransactions(query, firstRow, lastRow);
  const currentRow = findRow(transactions, openId, Math.max(0, firstRow - 20), lastRow + 20);

  const isPrinting = useIsPrinting();
  const queryText = JSON.stringify(query);
  useEffect(() => scrollBox.current?.scrollTo({ top: 0 }), [queryText]);
  useScrollRestore(scrollBox, total > 0);
  useEffect(() => {
    virtualizer.measure();
    const selectedRow = scrollBox.current?.querySelector('[aria-selected="true"]');
    // The rows have their new height in the next frame.
    const frame = requestAnimationFrame(() => selectedRow?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [virtualizer, rowHeight]);

  const openRow = async (row: number): Promise<void> => {
    const targetRow = Math.max(0, Math.min(total - 1, row));
    virtualizer.scrollToIndex(targetRow);
    const transaction = transactions.at(targetRow) ?? (await transactions.read(targetRow).catch(reportError));
    if (transaction) adjustHistory({ open: transaction.op_id });
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (step !== undefined) void openRow(currentRow < 0 ? firstRow : currentRow + step);
    else if (event.key === 'Home') void openRow(0);
    else if (event.key === 'End') void openRow(total - 1);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scrollBox}
      className={`shrink-y scroll-y ${styles.scroll}`}
      role="listbox"
      tabIndex={0}
      aria-label={t('list')}
      aria-activedescendant={currentRow < 0 ? undefined : `${idPrefix}${openId}`}
      onKeyDown={onKey}
    >
      {isPrinting && <p className="print-note">{t('grid:printed', { shown: rows.length, count: total })}</p>}
      {total > 0 && <ListHead />}
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {rows.map(({ index, start }) => {
          const transaction = transactions.at(index);
          return (
            <div
              key={index}
              id={transaction && `${idPrefix}${transaction.op_id}`}
              role="option"
              tabIndex={-1}
              aria-selected={transaction !== undefined && transaction.op_id === openId}
              aria-setsize={total}
              aria-posinset={index + 1}
              className={`small line-below pointer ${styles.row}`}
              style={{ height: rowHeight, transform: `translateY(${start - headHeight}px)` }}
              onClick={() => void openRow(index)}
              onKeyDown={() => undefined}
            >
              {transaction ? (
                <TransactionRow transaction={transaction} myId={myId} />
              ) : (
                <span className={`block on-hover ${styles.coming}`} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
