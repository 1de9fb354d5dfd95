import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Summary } from '#shared/contract/bulk.ts';
import { numberText } from '../../../text/values.ts';

const signs: Readonly<Record<Summary['of'], string>> = { sum: 'Σ', mean: '⌀', min: 'min', max: 'max' };

/** At most one digit behind the point: a mean says no more than that. */
export function summaryText(value: number | null): string {
  return value === null ? '–' : numberText(Math.round(value * 10) / 10);
}

/** "⌀ 24.5": what is summed up, by its sign, and the figure; in words for who hears it. */
export function SummaryValue({ of, value }: { of: Summary['of']; value: number | null }) {
  const { t } = useTranslation('grid');
  return (
    <span className="summary" title={`${t(`summary.${of}`)}: ${summaryText(value)}`}>
      <span className="summary-sign" aria-hidden>
        {signs[of]}
      </span>
      <VisuallyHidden component="span">{t(`summary.${of}`)} </VisuallyHidden>
      {summaryText(value)}
    </span>
  );
}
