import { useTranslation } from 'react-i18next';
import { valueText } from '../../../text/values.ts';
import type { Column } from '../columns.ts';
import type { Raw } from '../form/inputs.ts';

/** What was typed into a cell and could not be saved: shown in its place until it is saved or discarded. */
export function UnsavedCell({ raw, column }: { raw: Raw; column: Column }) {
  const { t } = useTranslation('grid');
  return (
    <span className="odd cell-unsaved" title={t('unsavedCell')}>
      {valueText(raw, column.field)}
    </span>
  );
}
