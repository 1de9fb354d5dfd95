import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ChangeBlock } from './ChangeBlock.tsx';
import { useChanges } from './useChanges.ts';

/** A transaction of so few records shows them unfolded. */
const fewEnough = 1;

/** What a transaction changed, record by record. Only those on the screen are read and drawn. */
export function ChangeList({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation('history');
  const box = useRef<HTMLDivElement>(null);
  const { id, changes: count } = transaction;
  const [folds, setFolds] = useState<ReadonlyMap<number, boolean>>(new Map());
  // oxlint-disable-next-line react/incompatible-library -- nothing of it is handed to what is memoised
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => 44,
    overscan: 4,
  });
  const changes = useChanges(id, virtual.range?.startIndex ?? 0, virtual.range?.endIndex ?? 10);
  if (changes.error) return <ErrorState error={changes.error} onRetry={changes.retry} />;
  if (count === 0) return <p className="dim history-detail-note">{t('detail.empty')}</p>;
  return (
    <div ref={box} className="history-changes">
      <div className="history-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const change = changes.at(index);
          return (
            <div
              key={index}
              ref={virtual.measureElement}
              data-index={index}
              className="history-change"
              style={{ transform: `translateY(${start}px)` }}
            >
              {change ? (
                <ChangeBlock
                  change={change}
                  unfolded={folds.get(index) ?? count <= fewEnough}
                  onFold={(unfolded) => setFolds(new Map(folds).set(index, unfolded))}
                />
              ) : (
                <div className="change-block change-coming">
                  <span className="history-coming" />
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
