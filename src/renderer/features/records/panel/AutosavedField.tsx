import { useState } from 'react';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import { fieldName } from '../../../text/names.ts';
import { oddity } from '../../../text/values.ts';
import { AddButton } from '../form/AddButton.tsx';
import { EndsKind } from '../form/EndsKind.tsx';
import { FieldRow } from '../form/FieldRow.tsx';
import { fromRaw } from '../form/inputs.ts';
import type { Raw } from '../form/inputs.ts';
import type { Autosave } from './useAutosave.ts';

interface Props {
  record: EntityRecord;
  field: Field;
  autosave: Autosave;
}

function oddityOf(field: Field, raw: Raw): string | null {
  const parsed = fromRaw(field, raw);
  return parsed.ok ? oddity(parsed.value, field) : null;
}

/** One field of an existing record. An empty field for notes waits behind a button. */
export function AutosavedField({ record, field, autosave }: Props) {
  const { t } = useTranslation('panel');
  const { form, states, waiting, change, commit, cancel } = autosave;
  // Whoever takes the last note out still stands in the notes.
  const [wanted, setWanted] = useState(record.payload[field.key] !== undefined);
  const title = record.derived[`${field.key.replace(/_id$/, '')}_title`];
  const empty = record.payload[field.key] === undefined && form.getValues(field.key) === '';
  if (field.key === 'meta' && empty && !wanted) {
    return <AddButton label={fieldName(field.key)} onClick={() => setWanted(true)} />;
  }
  return (
    <Controller
      name={field.key}
      control={form.control}
      render={({ field: { value }, fieldState: { error } }) => {
        const raw = value ?? null;
        const stored = raw === record.payload[field.key];
        const odd = oddityOf(field, raw);
        const note = waiting.has(field.key) ? t('draft.lost') : (odd ?? undefined);
        return (
          <FieldRow
            type={record.type}
            field={field}
            raw={raw}
            near={record.university_id ?? ''}
            {...(typeof title === 'string' && stored ? { title } : {})}
            {...(error?.message === undefined ? {} : { problem: error.message })}
            {...(note === undefined ? {} : { note })}
            below={
              field.key === 'interface_type' && (
                <EndsKind
                  kind={raw}
                  from={record.derived.from_type}
                  to={record.derived.to_type}
                  onSet={(kind) => {
                    change(field, kind);
                    commit(field, kind);
                  }}
                />
              )
            }
            state={states[field.key] ?? 'idle'}
            onChange={(next) => change(field, next)}
            onCommit={(next) => commit(field, next)}
            onCancel={() => cancel(field)}
          />
        );
      }}
    />
  );
}
