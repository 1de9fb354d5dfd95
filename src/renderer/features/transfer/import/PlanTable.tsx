import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { iconOf } from '../../../ui/icons.ts';
import { planLines } from './plan.ts';

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
