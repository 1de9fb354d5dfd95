import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Difference } from '#shared/contract/compare.ts';
import { inPlay } from '../../../stores/target.ts';
import { fieldName } from '../../../text/names.ts';
import { decide, decisionOf } from './choices.ts';
import type { Choices } from './choices.ts';

interface Props {
  row: Difference;
  /** The field that is decided; null for the record as a whole. */
  field: string | null;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

/** Asks which side counts where both changed the same, and says what each did. */
export function Decide({ row, field, choices, onChange }: Props) {
  const { t } = useTranslation('compare');
  const now = decisionOf(choices, row, field);
  const why = field === null ? t(`why.${row.conflict ?? 'field'}`) : t('why.field');
  const here = inPlay() ? 'Here' : '';
  const what = field === null ? row.title : `${row.title}: ${fieldName(field)}`;
  const side = (take: 'live' | 'play') => (
    <Button
      size="xs"
      variant={now === take ? 'filled' : 'default'}
      aria-pressed={now === take}
      onClick={() => onChange(decide(choices, row, field, take))}
    >
      {field === null ? t(`take${here}.${take}.${deed(row, take)}`) : t(`keep${here}.${take}`)}
    </Button>
  );
  return (
    <fieldset className="compare-decide" aria-label={t('decide', { what })}>
      <span>{why}</span>
      {side('live')}
      {side('play')}
    </fieldset>
  );
}

/** What a side did to the record, for the button that takes it. */
function deed(row: Difference, side: 'live' | 'play'): 'deleted' | 'kept' {
  return row[side] === 'deleted' ? 'deleted' : 'kept';
}
