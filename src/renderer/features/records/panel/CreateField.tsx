import { Controller } from 'react-hook-form';
import type { UseFormReturn } from 'react-hook-form';
import { useEffect, useRef } from 'react';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Inputs } from '../form/check.ts';
import { EndsKindById } from '../form/EndsKind.tsx';
import { FieldRow } from '../form/FieldRow.tsx';
import type { Raw } from '../form/inputs.ts';

interface Props {
  type: EntityType;
  field: Field;
  form: UseFormReturn<Inputs>;
  /** The first field has the focus when the form comes. */
  first: boolean;
  onChange: (field: Field, raw: Raw) => void;
}

/** One field of a new record. */
export function CreateField({ type, field, form, first, onChange }: Props) {
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (first) row.current?.querySelector<HTMLElement>('input, textarea')?.focus();
  }, [first]);
  return (
    <div ref={row}>
      <Controller
        name={field.key}
        control={form.control}
        render={({ field: { value }, fieldState: { error } }) => (
          <FieldRow
            type={type}
            field={field}
            raw={value ?? null}
            near={String(form.getValues('university_id') ?? '')}
            {...(error?.message === undefined ? {} : { problem: error.message })}
            below={
              field.key === 'interface_type' && (
                <EndsKindById
                  kind={value ?? null}
                  from={form.getValues('from')}
                  to={form.getValues('to')}
                  onSet={(kind) => onChange(field, kind)}
                />
              )
            }
            onChange={(raw) => onChange(field, raw)}
          />
        )}
      />
    </div>
  );
}
