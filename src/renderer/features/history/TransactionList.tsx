/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a select cannot have virtual rows */
import type { AuditTransaction } from '#shared/contract/history.ts';
import { useTexts } from '../../i18n/setup.ts';
import { describeTransaction, recordCount } from '../../text/audit.ts';
import { clockTime, exactTime } from '../../text/time.ts';
import { authorName, authorFullName } from '../../text/who.ts';
import { numberText } from '../../text/values.ts';
import { TransactionSign } from '../../ui/TransactionSign.tsx';
import { When } from '../../ui/When.tsx';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { adjustHistory } from '../../stores/address.ts';
import { useScrollRestore } from '../../stores/tabs/scroll.ts';
import { useIsPrinting } from '../../stores/printing.ts';
import { useMe } from '../../stores/profile.ts';
import { localDay } from '../../text/local-day.ts';
import { reportError } from '../../ui/notices.tsx';
import type { HistoryQuery, Transactions } from './query.ts';
import { useTransactions } from './query.ts';
import styles from './history.module.css';

interface Props {
  transaction: AuditTransaction;
  me: string;
  needsClockTime?: boolean;
}

function TransactionRow({ transaction, me, needsClockTime = false }: Props) {
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
        {numberText(count)}
      </span>
      <span className={`shrink dim ${styles.who} cut`} title={authorFullName(actor, me)}>
        {authorName(actor, me)}
      </span>
      {needsClockTime ? (
        <time dateTime={created_at} title={exactTime(created_at)} className="history-when num">
          {clockTime(created_at)}
        </time>
      ) : (
        <When at={created_at} className="history-when" />
      )}
    </>
  );
}

const heights = { wide: 36, narrow: 54, head: 30 };
const keySteps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

interface TransactionListProps {
  query: HistoryQuery;
  total: number;
  openId: string;
  isNarrow: boolean;
}

function indexOf(transactions: Transactions, opId: string, from: number, to: number): number {
  for (let row = from; row <= to; row++) if (transactions.at(row)?.op_id === opId) return row;
  return -1;
}

/** Whether two rows have the same person, day and description, so that only the time of day distinguishes them. */
export function looksSame(one: AuditTransaction, other: AuditTransaction | undefined): boolean {
  if (!other || other.actor.id !== one.actor.id) return false;
  if (localDay(new Date(other.created_at)) !== localDay(new Date(one.created_at))) return false;
  return describeTransaction(one.label, one.params) === describeTransaction(other.label, other.params);
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

/** The list of transactions; arrow keys move the selection, which opens next to it. */
export function TransactionList({ query, total, openId, isNarrow }: TransactionListProps) {
  const { t } = useTexts('history');
  const scrollBox = useRef<HTMLDivElement>(null);
  const idPrefix = useId();
  const me = useMe()?.id ?? '';
  const rowHeight = isNarrow ? heights.narrow : heights.wide;
  const head = isNarrow ? 0 : heights.head;
  // oxlint-disable-next-line react/incompatible-library -- the virtualizer is not passed to memoised components
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scrollBox.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: head,
    scrollPaddingStart: head,
  });
  const rows = virtual.getVirtualItems();
  const [first, last] = [virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 30];
  const transactions = useTransactions(query, first, last);
  const currentRow = indexOf(transactions, openId, Math.max(0, first - 20), last + 20);

  const isPrinting = useIsPrinting();
  const request = JSON.stringify(query);
  useEffect(() => scrollBox.current?.scrollTo({ top: 0 }), [request]);
  useScrollRestore(scrollBox, total > 0);
  useEffect(() => {
    virtual.measure();
    const selectedRow = scrollBox.current?.querySelector('[aria-selected="true"]');
    // The rows have their new height in the next frame.
    const frame = requestAnimationFrame(() => selectedRow?.scrollIntoView({ block: 'nearest' }));
    return () => cancelAnimationFrame(frame);
  }, [virtual, rowHeight]);

  const openRow = async (row: number): Promise<void> => {
    const targetRow = Math.max(0, Math.min(total - 1, row));
    virtual.scrollToIndex(targetRow);
    const transaction = transactions.at(targetRow) ?? (await transactions.read(targetRow).catch(reportError));
    if (transaction) adjustHistory({ open: transaction.op_id });
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = keySteps[event.key];
    if (step !== undefined) void openRow(currentRow < 0 ? first : currentRow + step);
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
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
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
              style={{ height: rowHeight, transform: `translateY(${start - head}px)` }}
              onClick={() => void openRow(index)}
              onKeyDown={() => undefined}
            >
              {transaction ? (
                <TransactionRow
                  transaction={transaction}
                  me={me}
                  needsClockTime={[index - 1, index + 1].some((neighbour) =>
                    looksSame(transaction, transactions.at(neighbour)),
                  )}
                />
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
