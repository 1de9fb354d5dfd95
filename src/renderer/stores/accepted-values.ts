import { useMemo } from 'react';
import { z } from 'zod';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { setSeatItem, useSeatItem, useSeat } from './seat.ts';

const seatKey = 'values-meant';
/** At most this many fields over all workspaces, newest first, and this many values of each. */
const limits = { fields: 60, values: 200 };

const storedSchema = z.array(
  z.object({
    workspace: z.string(),
    type: z.enum(entityTypes),
    field: z.string(),
    values: z.array(z.string()).readonly(),
  }),
);

/** Values outside of a field's list that a person has accepted. */
export type AcceptedValues = z.infer<typeof storedSchema>[number];

const parseFields = (item: Json | undefined): AcceptedValues[] => z.safeParse(storedSchema, item).data ?? [];

const readFields = (): AcceptedValues[] => parseFields(useSeat.getState().items[seatKey]);

/** Stores fields before the others, in place of their earlier entries; fields without values are removed. */
function storeFields(fields: readonly AcceptedValues[]): void {
  const others = readFields().filter((stored) => !fields.some((field) => isSameField(stored, field)));
  const allFields = [...fields.filter(({ values }) => values.length > 0), ...others].slice(0, limits.fields);
  setSeatItem(seatKey, allFields.length === 0 ? null : allFields);
}

/** Accepts values in this seat. Returns a function that removes those that were not accepted before. */
export function acceptValues(
  workspace: string,
  fields: readonly Omit<AcceptedValues, 'workspace'>[],
): () => void {
  const addedFields = fields.map(({ type, field, values }): AcceptedValues => {
    const knownValues = valuesOf(readFields(), { workspace, type, field });
    return { workspace, type, field, values: values.filter((value) => !knownValues.includes(value)) };
  });
  storeFields(
    addedFields.map((addedField) => ({
      ...addedField,
      values: [...addedField.values, ...valuesOf(readFields(), addedField)].slice(0, limits.values),
    })),
  );
  return () =>
    storeFields(
      addedFields.map((addedField) => ({
        ...addedField,
        values: valuesOf(readFields(), addedField).filter((value) => !addedField.values.includes(value)),
      })),
    );
}

type FieldKey = Pick<AcceptedValues, 'workspace' | 'type' | 'field'>;

const isSameField = (key: FieldKey, other: FieldKey): boolean =>
  key.workspace === other.workspace && key.type === other.type && key.field === other.field;

const valuesOf = (fields: readonly AcceptedValues[], key: FieldKey): readonly string[] =>
  fields.find((stored) => isSameField(stored, key))?.values ?? [];

export function useAcceptedValues(workspace: string): readonly AcceptedValues[] {
  const item = useSeatItem(seatKey);
  return useMemo(
    () => parseFields(item).filter((stored) => stored.workspace === workspace),
    [item, workspace],
  );
}
