import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sumOf } from '#shared/domain/counts.ts';
import { bytesText } from '../../../text/bytes.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { Changed } from './Changed.tsx';
import { Decisions } from './Decisions.tsx';
import { PlanTable } from './PlanTable.tsx';
import { Problems } from './Problems.tsx';
import { planSentences } from './sentences.ts';
import type { Looked } from './state.ts';

/** What a file would bring and change, every problem in it, and what the person decides about it. */
export function Preview({ looked, rereading }: { looked: Looked; rereading: boolean }) {
  const { t } = useTranslation('transfer');
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { plan } = looked;
  const records = sumOf(plan.counts);
  return (
    <>
      <ViewHeader title={t('preview.title', { name: plan.source })}>
        <span className="dim num">
          {t('preview.header', { size: bytesText(plan.bytes), count: records })}
        </span>
      </ViewHeader>
      <div className="import-preview">
        <div ref={setScroller} className="import-what" aria-busy={rereading}>
          <p className="import-lead">{planSentences(plan).join(' ')}</p>
          {records > 0 && <PlanTable plan={plan} />}
          <Changed plan={plan} />
          <Problems plan={plan} scroller={scroller} />
        </div>
        <Decisions looked={looked} rereading={rereading} />
      </div>
    </>
  );
}
