import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Summary } from '#shared/contract/bulk.ts';
import type { Field } from '#shared/domain/entities.ts';
import { numberText, valueText } from '../../../text/values.ts';

const signs: Readonly<Record<Summary['of'], string>> = { sum: 'Σ', mean: '⌀', min: 'min', max: 'max' };

/** At most one digit behind the point: a mean says no more than that. Of the units only the percent sign has room. */
export function summaryText(value: number | null, unit?: Field['unit']): string {
  if (value === null) return '–';
  const rounded = Math.round(value * 10) / 10;
  return unit === 'percent' ? valueText(rounded, { kind: 'number', unit }) : numberText(rounded);
}

interface Props {
  of: Summary['of'];
  value: number | null;
  unit?: Field['unit'];
}

/** "⌀ 24.5": what is summed up, by its sign, and the figure; in words for who hears it. */
export function SummaryValue({ of, value, unit }: Props) {
  const { t } = useTranslation('grid');
  const text = summaryText(value, unit);
  return (
    <span className="summary" title={`${t(`summary.${of}`)}: ${text}`}>
      <span className="summary-sign" aria-hidden>
        {signs[of]}
      </span>
      <VisuallyHidden component="span">{t(`summary.${of}`)} </VisuallyHidden>
      {text}
    </span>
  );
}
