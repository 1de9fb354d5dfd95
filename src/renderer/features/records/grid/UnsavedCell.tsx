import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { valueText } from '../../../text/values.ts';
import type { Column } from '../columns.ts';
import { checkField } from '../form/check.ts';
import type { Raw } from '../form/inputs.ts';
import { editedAs } from '../own/edited.ts';

interface Props {
  record: EntityRecord;
  column: Column;
  raw: Raw;
}

/** What was typed into a cell and could not be saved, and why: shown in its place until it is saved or discarded. */
export function UnsavedCell({ record, column, raw }: Props) {
  const { t } = useTranslation(['grid', 'faults']);
  const field = column.field && editedAs(column.field, record.payload[column.field.key]);
  const checked = field ? checkField(record.type, field, raw) : null;
  const why =
    checked?.ok === false ? `${t('faults:named', { field: column.label, problem: checked.message })}. ` : '';
  return (
    <span className="odd cell-unsaved" title={`${why}${t('grid:unsavedCell')}`}>
      <IconAlertCircle size={14} stroke={1.8} aria-hidden />
      {valueText(raw, column.field)}
    </span>
  );
}
