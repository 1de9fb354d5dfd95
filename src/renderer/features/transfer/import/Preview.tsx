import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { say } from '../../../i18n/setup.ts';
import { bytesText } from '../../../text/bytes.ts';
import { countedAll, titleOr, typeName, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { iconOf } from '../../../ui/icons.ts';
import { Decisions } from './Decisions.tsx';
import { Problems } from './Problems.tsx';
import { planLines, writes } from './plan.ts';
import type { Looked } from './state.ts';

/** A few of the records that are here already and would change: each field before and after. */
export function Changed({ plan: { changed, updates } }: { plan: Pick<ImportPlan, 'changed' | 'updates'> }) {
  const { t } = useTranslation('transfer');
  if (changed.length === 0) return null;
  const more = sumOf(updates) - changed.length;
  return (
    <section className="import-changes" aria-label={t('preview.changed')}>
      <h2>{t('preview.changed')}</h2>
      <ul>
        {changed.map(({ type, id, title, before, after }) => (
          <li key={id}>
            <p>
              <strong>{titleOr(title, type)}</strong> <span className="dim">{typeName(type)}</span>
            </p>
            <Changes change={{ type, action: 'update', before, after }} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="dim">{t('preview.moreChanged', { count: more })}</p>}
    </section>
  );
}

function Count({ value, tone }: { value: number; tone: string }) {
  return (
    <td className={`num ${value === 0 ? 'import-none' : tone}`}>{value === 0 ? '–' : numberText(value)}</td>
  );
}

/** What a file brings, kind by kind: new, changed, as it is, and a few by name. */
export function PlanTable({ plan }: { plan: ImportPlan }) {
  const { t } = useTranslation('transfer');
  const anyBack = sumOf(plan.restores) > 0;
  return (
    <table className="import-table">
      <caption className="unseen">{t('preview.table')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('preview.column.type')}</th>
          <th scope="col" className="num">
            {t('preview.column.new')}
          </th>
          <th scope="col" className="num">
            {t('preview.column.changed')}
          </th>
          {anyBack && (
            <th scope="col" className="num">
              {t('preview.column.back')}
            </th>
          )}
          <th scope="col" className="num">
            {t('preview.column.same')}
          </th>
          <th scope="col">{t('preview.column.sample')}</th>
        </tr>
      </thead>
      <tbody>
        {planLines(plan).map(({ type, creates, updates, restores, unchanged, inFile, sample }) => {
          const Icon = iconOf[type];
          const names = sample.join(', ');
          return (
            <tr key={type}>
              <th scope="row">
                <span>
                  <Icon size={16} stroke={1.6} />
                  {typeNames(type)}
                </span>
              </th>
              <Count value={creates} tone="import-new" />
              <Count value={updates} tone="import-changed" />
              {anyBack && <Count value={restores} tone="import-changed" />}
              <Count value={unchanged} tone="dim" />
              <td className="import-sample cut" title={names}>
                {names}
                {inFile > sample.length && ' …'}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** In plain words what an import would do, a sentence each. */
export function planSentences(plan: ImportPlan): string[] {
  if (sumOf(plan.counts) === 0) return [say('transfer:preview.none')];
  if (writes(plan) === 0) return [say('transfer:preview.nothing')];
  const sentence = (
    counts: Readonly<Record<string, number>>,
    key: 'adds' | 'changes' | 'restores' | 'same',
  ): string[] => (sumOf(counts) === 0 ? [] : [say(`transfer:preview.${key}`, { what: countedAll(counts) })]);
  return [
    ...sentence(plan.creates, 'adds'),
    ...sentence(plan.updates, 'changes'),
    ...sentence(plan.restores, 'restores'),
    ...sentence(plan.unchanged, 'same'),
    say('transfer:preview.keeps'),
  ];
}

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
