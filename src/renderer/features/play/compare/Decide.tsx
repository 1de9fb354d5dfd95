import { Button } from '@mantine/core';
import type { Difference } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { fieldName, titleOr } from '../../../text/names.ts';
import { decideField, decisionOf } from './choices.ts';
import type { Choices, Step } from './choices.ts';

interface Props {
  row: Difference;
  /** The field to decide; null for the record as a whole. */
  field: string | null;
  choices: Choices;
  name?: string;
  onChange: (step: Step) => void;
}

export function Decide({ row, field, choices, name, onChange }: Props) {
  const { t } = useTexts('compare');
  const now = decisionOf(choices, row, field);
  const whole = row.conflict === 'created' && row.play === 'restored' ? 'restored' : row.conflict;
  const kind = field === null ? (whole ?? 'created') : 'field';
  const why = t(`why.${kind}`, { field: fieldName(field ?? '') });
  const title = name ?? titleOr(row.title, row.type);
  const what = field === null ? title : `${title}: ${fieldName(field)}`;
  const side = (take: 'live' | 'play') => {
    const text = field === null ? t(`take.${take}.${sideChange(row, take)}`) : t(`keep.${take}`);
    const of = field === null ? title : t('fieldOf', { field: fieldName(field), title });
    return (
      <Button
        size="xs"
        variant={now === take ? 'filled' : 'default'}
        aria-pressed={now === take}
        aria-label={`${text}: ${of}`}
        onClick={() => onChange((before) => decideField(before, row, field, take))}
      >
        {text}
      </Button>
    );
  };
  return (
    <fieldset className="row wrap gap-8 compare-decide" aria-label={t('decide', { what })}>
      <span>{why}</span>
      {side('live')}
      {side('play')}
    </fieldset>
  );
}

function sideChange(row: Difference, side: 'live' | 'play'): 'deleted' | 'kept' {
  return row[side] === 'deleted' ? 'deleted' : 'kept';
}
