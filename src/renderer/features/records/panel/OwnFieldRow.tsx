import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { oddity } from '../../../text/values.ts';
import { toRaw } from '../form/inputs.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import { editedAs } from '../own/edited.ts';
import { useOwnField } from './useOwnField.ts';

interface Props {
  record: EntityRecord;
  field: Field;
  /** It was just added: one goes on by writing its value. */
  fresh: boolean;
}

/** One own field of an existing record. */
export function OwnFieldRow({ record, field, fresh }: Props) {
  const { t } = useTranslation(['own', 'panel']);
  const row = useRef<HTMLDivElement>(null);
  // One goes on writing in the control in which one began.
  const [shown] = useState(() => editedAs(field, record.payload[field.key]));
  const own = useOwnField(record, shown);
  useEffect(() => {
    if (fresh) row.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [fresh]);
  const value = record.payload[field.key];
  // While one types, what stands there is not judged yet.
  const odd = own.raw === toRaw(shown, value) && field.kind === 'date' ? oddity(value, field) : null;
  const note = own.waiting ? t('panel:draft.lost') : own.unsaved ? t('own:unsaved') : (odd ?? undefined);
  return (
    <div ref={row}>
      <FieldRow
        type={record.type}
        field={shown}
        raw={own.raw}
        {...(own.problem === undefined ? {} : { problem: own.problem })}
        {...(note === undefined ? {} : { note })}
        state={own.state}
        onChange={own.change}
        onCommit={own.commit}
        onCancel={own.cancel}
      />
    </div>
  );
}
