import { useTexts } from '../../i18n/setup.ts';
import { fieldName } from '../../text/names.ts';
import { UnitChoice, unitsOfShares } from './ImportPanel.tsx';
import { changeChoices } from './run.ts';
import type { Table } from './state.ts';

/** The unit of a share field of a table; nothing without values. */
export function ShareUnitChoice({ field, table: { preview, choices } }: { field: string; table: Table }) {
  const { t } = useTexts('transfer');
  const unit = preview?.share_units[field] ?? null;
  return (
    <UnitChoice
      label={t('decide.shares', { field: fieldName(field) })}
      unit={unit}
      units={unitsOfShares(unit, preview?.share_scales[field])}
      onChoose={(chosen) => changeChoices({ share_units: { ...choices.share_units, [field]: chosen } })}
    />
  );
}
