import { Button } from '@mantine/core';
import type { Difference } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { fieldName, displayTitle } from '../../../text/names.ts';
import { decideField, decisionOf } from './choices.ts';
import type { Choices, ChoicesUpdate } from './choices.ts';

interface Props {
  row: Difference;
  /** The field to decide; null for the record as a whole. */
  field: string | null;
  choices: Choices;
  name?: string;
  onChange: (step: ChoicesUpdate) => void;
}

export function ConflictButtons({ row, field, choices, name, onChange }: Props) {
  const { t } = useTexts('compare');
  const decision = decisionOf(choices, row, field);
  const recordConflict = row.conflict === 'created' && row.play === 'restored' ? 'restored' : row.conflict;
  const kind = field === null ? (recordConflict ?? 'created') : 'field';
  const explanation = t(`why.${kind}`, { field: fieldName(field ?? '') });
  const title = name ?? displayTitle(row.title, row.type);
  const subject = field === null ? title : `${title}: ${fieldName(field)}`;
  const renderSideButton = (side: 'live' | 'play') => {
    const text = field === null ? t(`take.${side}.${sideChange(row, side)}`) : t(`keep.${side}`);
    const context = field === null ? title : t('fieldOf', { field: fieldName(field), title });
    return (
      <Button
        size="xs"
        variant={decision === side ? 'filled' : 'default'}
        aria-pressed={decision === side}
        aria-label={`${text}: ${context}`}
        onClick={() => onChange((before) => decideField(before, row, field, side))}
      >
        {text}
      </Button>
    );
  };
  return (
    <fieldset className="row wrap gap-8 compare-decide" aria-label={t('decide', { what: subject })}>
      <span>{explanation}</span>
      {renderSideButton('live')}
      {renderSideButton('play')}
    </fieldset>
  );
}

function sideChange(row: Difference, side: 'live' | 'play'): 'deleted' | 'kept' {
  return row[side] === 'deleted' ? 'deleted' : 'kept';
}
